/// What a client may use of the server; docs/monitoring.md gives the reason of each figure.
public struct MonitoringLimits: Hashable, Sendable {
    /// Bytes of all header fields of a request.
    public var headerBytes = 16 * 1_024
    /// Header fields of a request.
    public var headerFields = 100
    /// Open connections; what exceeds them waits to be accepted.
    public var connections = 2_048
    /// Open connections of one client; what exceeds them is closed at once.
    public var connectionsPerClient = 1_024
    /// Requests a second of one client, over some time.
    public var requestsPerSecond = 50.0
    /// Requests that one client may make at once after a pause.
    public var requestBurst = 100.0
    /// How long the answer to a request beyond the rate is held back: a client that does not slow down is slowed down.
    public var holdTime: Duration = .seconds(1)
    /// A connection that completes no answer in this time is closed: idle, slow to ask or slow to read.
    public var answerTimeout: Duration = .seconds(30)
    /// Readings in an answer.
    public var readings = 1_000

    /// The defaults.
    public init() {}
}
