import DatasetGen

/// Rows per second over the last seconds.
struct RateMeter: Sendable {
    private static let window: Int64 = 10_000_000
    private static let spacing: Int64 = 500_000
    private var samples: [(time: Int64, rows: Int64)] = []

    /// Notes how many rows there are at an instant.
    mutating func note(rows: Int64, at instant: SimulatedTime) {
        let time = instant.microseconds
        if let last = samples.last, time - last.time < Self.spacing { return }
        samples.append((time, rows))
        if let first = samples.first, time - first.time > Self.window, samples.count > 2 { samples.removeFirst() }
    }

    /// The rate at an instant at which there are `rows`.
    func rate(rows: Int64, at instant: SimulatedTime) -> Double {
        guard let first = samples.first, instant.microseconds > first.time else { return 0 }
        return Double(rows - first.rows) / (Double(instant.microseconds - first.time) / 1e6)
    }
}
