/// What the codes of a column stand for: a greater code is a greater value.
enum ColumnDomain: Sendable {
    /// The code of NULL.
    static let null = UInt32.max

    /// Texts, sorted by their bytes.
    case texts([[UInt8]])
    /// Numbers, sorted.
    case doubles([Double])
    /// The quotients of whole numbers from one on by a power of ten.
    ///
    /// Those of 32 bits and of a wider power are the same doubles, as a quotient is correctly rounded.
    case quotients(from: Int64, by: Double)
    /// Whole numbers of 64 bits from one on.
    case integers(from: Int64)
    /// Whole numbers of 64 bits, sorted.
    case listed([Int64])
    /// Whole numbers of 32 bits from 0 on.
    case flags
}
