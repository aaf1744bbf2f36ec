/// How long after its own time a reading appears.
public struct Lateness: Sendable {
    /// Half of this process's readings are no later than this.
    public var median: Duration
    /// 99 of 100 readings are no later than this.
    public var p99: Duration
    /// The latest.
    public var maximum: Duration
    /// The sum over all readings of the run, in seconds: more than a duration holds, after years of downtime.
    public var sumSeconds: Double
    /// The readings that it is the sum of.
    public var count: Int64

    /// Lateness of `count` readings.
    public init(median: Duration, p99: Duration, maximum: Duration, sumSeconds: Double, count: Int64) {
        self.median = median
        self.p99 = p99
        self.maximum = maximum
        self.sumSeconds = sumSeconds
        self.count = count
    }
}
