/// Texts in the order of their bytes.
struct TextOrder: Sendable {
    /// As they were given.
    let texts: [String]
    /// By the texts: their places in the order; equal ones have the same.
    let codes: [UInt32]
    /// How many different ones there are.
    let count: Int
    /// What the places stand for.
    let domain: ColumnDomain

    init(_ texts: [String]) {
        let bytes = texts.map { Array($0.utf8) }
        var (known, codes): ([[UInt8]], [UInt32]) = ([], Array(repeating: 0, count: texts.count))
        for index in bytes.indices.sorted(by: { bytes[$0].lexicographicallyPrecedes(bytes[$1]) }) {
            if known.last != bytes[index] { known.append(bytes[index]) }
            codes[index] = UInt32(known.count - 1)
        }
        (self.texts, self.codes, count, domain) = (texts, codes, known.count, .texts(known))
    }
}
