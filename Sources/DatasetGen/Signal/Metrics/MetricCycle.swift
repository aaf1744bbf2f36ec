/// A regular rise and fall of a metric: a sine over its period, one hump a period on some days of the week, or a shape of its
/// own.
package struct MetricCycle: Hashable, Sendable {
    /// Microseconds.
    package let period: Int64
    /// Of the metric's variance, 0…1.
    package let share: Double
    /// Microseconds from the beginning of a period to its peak; periods are counted from 1970-01-01T00:00:00 UTC.
    package let peak: Int64
    /// By weekday from Monday: whether the day has it; nil for all days alike.
    package let days: [Bool]?
    /// The curve over a period, in place of the sine; nil for the sine.
    package let shape: CycleShape?

    private let mean: Double
    private let scale: Double

    /// A cycle; `days` has seven members and goes with periods that divide a day.
    package init(period: Int64, share: Double, peak: Int64, days: [Bool]? = nil) {
        precondition(period > 0 && (days == nil || days!.count == 7))
        self.period = period
        self.share = share
        self.peak = peak
        let chosen = days.map { days in days.count { $0 } } ?? 7
        self.days = chosen == 7 ? nil : days
        shape = nil
        // A hump (1 + cos)/2 has the mean 1/2 and the mean square 3/8; the other days are zero.
        let part = Double(chosen) / 7
        mean = part / 2
        scale = chosen == 0 ? 0 : 1 / (part * 3 / 8 - part * part / 4).squareRoot()
    }

    /// A cycle of a shape, which begins with a period; periods of whole weeks begin on Mondays.
    package init(period: Int64, share: Double, shape: CycleShape) {
        precondition(period > 0)
        (self.period, self.share, self.shape) = (period, share, shape)
        let week = 7 * SimulatedTime.microsecondsPerDay
        // 1970-01-05 was a Monday.
        peak = period % week == 0 ? 4 * SimulatedTime.microsecondsPerDay : 0
        (days, mean, scale) = (nil, 0, 1)
    }

    /// What is wrong with a cycle, with its key; nil if nothing is.
    package var problem: (key: String, text: String)? {
        guard period >= 1_000_000 else { return ("period", "a period is at least one second") }
        guard (0...1).contains(share) else { return ("share", "\(share) is not between 0 and 1") }
        guard let days else { return nil }
        guard days.contains(true) else { return ("days", "the list is empty; expected days such as mon") }
        guard SimulatedTime.microsecondsPerDay % period == 0 else {
            return ("days", "go with a period that divides a day, such as 1d")
        }
        return nil
    }

    /// The cycle at an instant in microseconds since 1970, of mean 0 and variance 1.
    func value(at time: Int64) -> Double {
        let sincePeak = time - peak
        let turns = Double(sincePeak - sincePeak.flooredQuotient(by: period) * period) / Double(period)
        if let shape { return shape.value(turns: turns) }
        let cosine = Elementary.cosine(turns: turns)
        guard let days else { return 1.414_213_562_373_095_1 * cosine }
        // A hump belongs to the day of its peak, and is zero where it meets its neighbours: no step at midnight.
        let nearest = turns < 0.5 ? time - Int64(turns * Double(period)) : time + Int64((1 - turns) * Double(period))
        let day = SimulatedTime(microseconds: nearest + 1).dayAndMicroseconds.day
        // 1970-01-01 was a Thursday.
        let weekday = Int(day + 3 - (day + 3).flooredQuotient(by: 7) * 7)
        return ((days[weekday] ? (1 + cosine) / 2 : 0) - mean) * scale
    }
}
