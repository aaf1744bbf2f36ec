/// What comes back regularly in the scores of a metric: cosines, and the shape of a week where its days differ.
struct LearnedPattern {
    var cycles: [LearnedCycle] = []
    var week: LearnedWeek?

    init() {}

    /// The pattern in some scores.
    init(in scores: BinnedScores) {
        week = LearnedWeek(scores)
        guard let week else {
            cycles = LearnedCycle.all(in: scores)
            return
        }
        // The shape of a week is that of its days as well.
        cycles = LearnedCycle.all(in: scores.subtracting { week.value(at: $0) }, longerThan: LearnedWeek.period)
    }

    /// Its value at an instant in microseconds since 1970.
    func value(at time: Int64) -> Double {
        cycles.reduce(week?.value(at: time) ?? 0) { $0 + $1.value(at: time) }
    }

    /// Its value without the cycles that do not divide a week.
    func weeklyValue(at time: Int64) -> Double {
        cycles.reduce(week?.value(at: time) ?? 0) { $1.dividesWeek ? $0 + $1.value(at: time) : $0 }
    }

    /// Whether nothing comes back.
    var isEmpty: Bool { week == nil && cycles.isEmpty }

    /// Its variance.
    var variance: Double { cycles.reduce(week?.variance ?? 0) { $0 + $1.variance } }
}

extension LearnedCycle {
    /// Whether it comes back with each week.
    var dividesWeek: Bool { LearnedWeek.period % period == 0 }
}
