/// Texts in the order of their bytes.
struct TextOrder: Sendable {
    /// By the texts: their places in the order; equal ones have the same, and nil is NULL.
    let codes: [UInt32]
    /// How many different ones there are.
    let count: Int
    /// What the places stand for.
    let domain: ColumnDomain

    init(_ texts: [String?]) {
        let bytes = texts.map { $0.map { Array($0.utf8) } ?? [] }
        var (known, codes): ([[UInt8]], [UInt32]) = ([], Array(repeating: ColumnDomain.null, count: texts.count))
        let order = texts.indices.filter { texts[$0] != nil }
            .sorted { bytes[$0].lexicographicallyPrecedes(bytes[$1]) }
        for index in order {
            if known.last != bytes[index] { known.append(bytes[index]) }
            codes[index] = UInt32(known.count - 1)
        }
        (self.codes, count, domain) = (codes, known.count, .texts(known))
    }
}
