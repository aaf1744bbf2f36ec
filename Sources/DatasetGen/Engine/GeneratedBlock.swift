/// One block of a dataset: its readings, the events that begin in it, and its share of the statistics.
public struct GeneratedBlock: Sendable {
    /// The readings.
    public package(set) var readings = ReadingBlock()
    /// The events whose first reading lies in the block, by the position of that reading.
    public package(set) var events: [AnomalyEvent] = []
    /// Counts and moments of the readings.
    public package(set) var statistics = DatasetStatistics()

    /// An empty block, to be filled by ``BlockGenerator``.
    public init() {}
}
