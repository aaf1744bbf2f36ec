public import DatasetGen

/// How far a feed of a live run has come.
public struct FeedProgress: Sendable {
    /// Where it leads.
    public var name: String
    /// Whether there is a connection.
    public var isConnected: Bool
    /// Messages that are acknowledged.
    public var messages: Int64
    /// Messages that may have arrived twice.
    public var possibleDuplicates: Int64
    /// The number of the last reading that is acknowledged.
    public var lastReading: Int64
    /// Readings that are due and not acknowledged.
    public var waiting: Int64
    /// How old the oldest of them is.
    public var lag: Duration
    /// What kept messages from being sent last.
    public var lastError: String?
    /// When that was.
    public var lastErrorAt: SimulatedTime?

    /// A feed that has sent nothing yet.
    public init(name: String) {
        self.name = name
        (isConnected, lag) = (false, .zero)
        (messages, possibleDuplicates, lastReading, waiting) = (0, 0, 0, 0)
    }
}
