/// What is wrong with a file: the first cases in words, and how many there are.
struct Problems: Sendable {
    /// Cases that are named.
    static let exampleLimit = 3

    /// The first cases.
    private(set) var examples: [String] = []
    /// How many there are.
    private(set) var count: Int64 = 0

    /// No problems.
    init() {}

    /// So many problems, of which some are named.
    init(_ examples: [String], count: Int64) {
        self.examples = Array(examples.prefix(Self.exampleLimit))
        self.count = count
    }

    /// Counts a case; its words are made only if they are kept.
    mutating func add(_ example: @autoclosure () -> String) {
        count += 1
        if examples.count < Self.exampleLimit { examples.append(example()) }
    }

    /// Adds the cases of another part of the file.
    mutating func add(_ other: Problems) {
        count += other.count
        examples += other.examples.prefix(Self.exampleLimit - examples.count)
    }

    /// Forgets all cases.
    mutating func removeAll() {
        self = Problems()
    }

    /// One line per case, and one for those that are not named.
    var lines: [String] {
        let rest = count - Int64(examples.count)
        return examples + (rest > 0 ? ["and \(rest) more of this kind"] : [])
    }
}
