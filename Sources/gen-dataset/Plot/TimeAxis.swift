import DatasetGen

/// The axis of time below a plot of a day or of a run, in UTC.
struct TimeAxis {
    /// A round time of day.
    struct Tick {
        /// Where it lies: 0 at the day's first reading, 1 at the first one after the day.
        var position: Double
        /// `06:00`, with seconds and their fractions where ticks lie so close; of days `03-24`, of years `2025-03-24`.
        var label: String
    }

    /// The ticks, from the earliest.
    let ticks: [Tick]

    private static let second: Int64 = 1_000_000
    private static let day = 86_400 * second

    /// Microseconds between ticks: all divide a day, so that every axis has the same round times.
    private static let steps: [Int64] =
        [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000]
        + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200].map { $0 * second }

    /// An axis of a day with `tickCount` ticks or fewer, one more if both ends are round.
    init(_ day: SensorDay, tickCount: Int) {
        let least = (day.end.microseconds - day.start.microseconds) / Int64(tickCount)
        self.init(
            from: day.start.microseconds,
            to: day.end.microseconds,
            step: Self.steps.first { $0 >= least } ?? Self.day
        )
    }

    /// An axis of a run with `tickCount` ticks or fewer, one more if both ends are round: days are told by their dates.
    init(from start: SimulatedTime, to end: SimulatedTime, tickCount: Int) {
        let step = Self.step(of: end.microseconds - start.microseconds, atMost: tickCount)
        self.init(from: start.microseconds, to: end.microseconds, step: step, hasDates: true)
    }

    /// The shortest round time, in microseconds, of which a run has `count` or fewer.
    static func step(of length: Int64, atMost count: Int) -> Int64 {
        let least = (length + Int64(count) - 1) / Int64(count)
        let days = [1, 2, 5, 7, 14, 28, 56, 91, 182, 364, 728, 1_820, 3_640].map { $0 * Self.day }
        return (Self.steps + days).first { $0 >= least } ?? 18_200 * Self.day
    }

    private init(from start: Int64, to end: Int64, step: Int64, hasDates: Bool = false) {
        let length = step < Self.second ? 12 : (step < 60 * Self.second ? 8 : 5)
        // The remainder has the sign of the dividend: also before 1970, the first round time is not before the start.
        let remainder = start % step
        let first = remainder > 0 ? start - remainder + step : start - remainder
        ticks = stride(from: first, through: end, by: Int(step))
            .map { time in
                let text = SimulatedTime(microseconds: time).text
                let date = step >= 91 * Self.day ? text.prefix(10) : text.dropFirst(5).prefix(5)
                return Tick(
                    position: Double(time - start) / Double(end - start),
                    label: String(hasDates && time % Self.day == 0 ? date : text.dropFirst(11).prefix(length))
                )
            }
    }
}
