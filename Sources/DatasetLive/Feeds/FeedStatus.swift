public import DatasetGen

/// How far a feed of a live run has come.
public struct FeedStatus: Hashable, Sendable {
    /// Where it leads, without user and parameters.
    public var name: String
    /// Whether there is a connection.
    public var isConnected = false
    /// Messages that the broker has acknowledged since this process began.
    public var messages: Int64 = 0
    /// Messages that may have arrived twice, as it was not known whether they had.
    public var possibleDuplicates: Int64 = 0
    /// The `id` of the last reading that the broker has acknowledged.
    public var lastReading: Int64 = 0
    /// Readings that are due and not acknowledged.
    public var readingsWaiting: Int64 = 0
    /// Seconds since the time of the oldest of them.
    public var lagSeconds = 0.0
    /// What kept messages from being sent last.
    public var lastError: String?
    /// When that was, by the wall clock.
    public var lastErrorAt: SimulatedTime?
}
