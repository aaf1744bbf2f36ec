/// Sensors that a search found.
public struct SensorMatches: Hashable, Sendable {
    /// The first of them.
    public var ids: [String]
    /// How many there are.
    public var matching: Int
    /// How many sensors there are in all.
    public var total: Int

    /// The result of a search.
    public init(ids: [String], matching: Int, total: Int) {
        self.ids = ids
        self.matching = matching
        self.total = total
    }
}
