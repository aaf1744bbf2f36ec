import DatasetGen

/// A day of a sensor: of each metric the first reading of every hour, in UTC.
///
/// One reading, not a mean: so those of a sensor that reports each second and of one that reports each hour are alike.
struct DayWindow {
    /// Days since 1970.
    let day: Int64
    /// Per metric: 24 readings.
    let values: [[Double]]

    static let hours = 24

    /// The days of one sensor that have nearly all hours of all metrics.
    ///
    /// - Parameters:
    ///   - grid: when the sensor reports.
    ///   - metricCount: how many metrics there are.
    ///   - reading: a metric's reading at a tick; nil for none.
    /// - Returns: the days, in the order of time.
    static func all(
        on grid: TickGrid,
        metricCount: Int,
        _ reading: (_ metric: Int, _ tick: Int64) -> Double?
    ) -> [DayWindow] {
        var windows: [DayWindow] = []
        let none = [[Double?]](repeating: Array(repeating: nil, count: hours), count: metricCount)
        var (day, hourly) = (Int64.min, none)
        func finish() {
            let values = hourly.compactMap(filled)
            if values.count == metricCount { windows.append(DayWindow(day: day, values: values)) }
        }
        var tick: Int64 = 0
        while tick < grid.tickCount {
            let time = grid.time(ofTick: tick).microseconds
            let hour = time.flooredQuotient(by: 3_600_000_000)
            let today = hour.flooredQuotient(by: 24)
            if today != day {
                if day != .min { finish() }
                (day, hourly) = (today, none)
            }
            let next = max(
                tick + 1,
                grid.firstTick(atOffset: (hour + 1) * 3_600_000_000 - grid.start.microseconds)
            )
            for metric in 0..<metricCount {
                // A reading without a value is not waited for longer than some others.
                var value: Double?
                for tick in tick..<min(next, tick + 60, grid.tickCount) where value == nil {
                    value = reading(metric, tick)
                }
                hourly[metric][Int(hour - today * 24)] = value
            }
            tick = next
        }
        if day != .min { finish() }
        return windows
    }

    /// What one or two missing hours were likely to be; nil where there are more.
    private static func filled(_ hourly: [Double?]) -> [Double]? {
        guard hourly.count(where: { $0 == nil }) <= 2 else { return nil }
        return hourly.indices.map { hour in
            if let value = hourly[hour] { return value }
            let before = hourly[..<hour].last { $0 != nil } ?? nil
            let after = hourly[hour...].first { $0 != nil } ?? nil
            return ((before ?? after ?? 0) + (after ?? before ?? 0)) / 2
        }
    }
}
