/// Rows per second over the last seconds.
struct RateMeter: Sendable {
    private static let window = Duration.seconds(10)
    private static let spacing = Duration.milliseconds(500)
    private var samples: [(time: ContinuousClock.Instant, rows: Int64)] = []

    /// Notes how many rows there are at an instant.
    mutating func note(rows: Int64, at time: ContinuousClock.Instant) {
        if let last = samples.last, time - last.time < Self.spacing { return }
        samples.append((time, rows))
        if let first = samples.first, time - first.time > Self.window, samples.count > 2 { samples.removeFirst() }
    }

    /// The rate at an instant at which there are `rows`.
    func rate(rows: Int64, at time: ContinuousClock.Instant) -> Double {
        guard let first = samples.first, time > first.time else { return 0 }
        return Double(rows - first.rows) / ((time - first.time) / .seconds(1))
    }
}
