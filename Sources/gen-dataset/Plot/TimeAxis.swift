import DatasetGen

/// The axis of time below a day's plots, in UTC.
struct TimeAxis {
    /// A round time of day.
    struct Tick {
        /// Where it lies: 0 at the day's first reading, 1 at the first one after the day.
        var position: Double
        /// `06:00`, with seconds and their fractions where ticks lie so close.
        var label: String
    }

    /// The ticks, from the earliest.
    let ticks: [Tick]

    private static let second: Int64 = 1_000_000

    /// Microseconds between ticks: all divide a day, so that every axis has the same round times.
    private static let steps: [Int64] =
        [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]
        + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200].map { $0 * second }

    /// An axis with `tickCount` ticks or fewer, one more if both ends are round.
    init(_ day: SensorDay, tickCount: Int) {
        let (start, end) = (day.start.microseconds, day.end.microseconds)
        let least = (end - start) / Int64(tickCount)
        let step = Self.steps.first { $0 >= least } ?? 86_400 * Self.second
        let length = step < Self.second ? 12 : (step < 60 * Self.second ? 8 : 5)
        // The remainder has the sign of the dividend: also before 1970, the first round time is not before the start.
        let remainder = start % step
        let first = remainder > 0 ? start - remainder + step : start - remainder
        ticks = stride(from: first, through: end, by: Int(step))
            .map { time in
                let text = SimulatedTime(microseconds: time).text
                return Tick(
                    position: Double(time - start) / Double(end - start),
                    label: String(text.dropFirst(11).prefix(length))
                )
            }
    }
}
