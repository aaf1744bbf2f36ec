/// How long after its own time a reading appears.
public struct Lateness: Sendable {
    /// Half of the readings are no later than this.
    public var median: Duration
    /// 99 of 100 readings are no later than this.
    public var p99: Duration
    /// The latest.
    public var maximum: Duration
    /// The sum over all measured readings.
    public var sum: Duration
    /// Readings measured.
    public var count: Int64

    /// Lateness of `count` readings.
    public init(median: Duration, p99: Duration, maximum: Duration, sum: Duration, count: Int64) {
        self.median = median
        self.p99 = p99
        self.maximum = maximum
        self.sum = sum
        self.count = count
    }
}
