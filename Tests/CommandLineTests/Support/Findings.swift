/// What a reader of the tests found.
struct Findings: Decodable {
    /// Disagreements, in words.
    var problems: [String]
    /// How much of each thing there was to look at.
    var counts: [String: Int]

    /// How much there was of a thing.
    subscript(name: String) -> Int { counts[name] ?? 0 }
}
