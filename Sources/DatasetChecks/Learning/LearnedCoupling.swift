import DatasetGen

/// That one metric follows another.
struct LearnedCoupling {
    /// Index of the one that follows.
    var follower: Int
    /// Index of the one that it follows.
    var leader: Int
    /// Microseconds that the follower is later.
    var lag: Int64
    /// The correlation of what is left of both without cycles.
    var correlation: Double

    /// A correlation below it is no reason to couple metrics.
    static let least = 0.25

    /// For each metric the strongest coupling that makes no circle; and the others, which a recipe is not told of.
    static func all(_ metrics: [LearnedMetric]) -> (kept: [LearnedCoupling], others: [LearnedCoupling]) {
        var found: [LearnedCoupling] = []
        for one in metrics.indices {
            for other in metrics.indices where other < one {
                if let coupling = best(metrics, one, other), abs(coupling.correlation) >= least {
                    found.append(coupling)
                }
            }
        }
        found.sort { abs($0.correlation) > abs($1.correlation) }
        var (kept, others): ([LearnedCoupling], [LearnedCoupling]) = ([], [])
        for coupling in found {
            var leader: Int? = coupling.leader
            while let next = leader, next != coupling.follower { leader = kept.first { $0.follower == next }?.leader }
            let isFree = leader == nil && !kept.contains { $0.follower == coupling.follower }
            if isFree { kept.append(coupling) } else { others.append(coupling) }
        }
        return (kept, others)
    }

    private static func best(_ metrics: [LearnedMetric], _ one: Int, _ other: Int) -> LearnedCoupling? {
        let (first, second) = (metrics[one].rest, metrics[other].rest)
        guard first.width == second.width, first.count == second.count else { return nil }
        let reach = min(48, first.count / 8)
        var best: (lag: Int, value: Double) = (0, first.correlation(with: second, lag: 0))
        for lag in -reach...max(reach, -reach) {
            let value = first.correlation(with: second, lag: lag)
            // A later peak has to be a clear one.
            if abs(value) > abs(best.value) * 1.02 { best = (lag, value) }
        }
        let isOneLater = best.lag >= 0
        return LearnedCoupling(
            follower: isOneLater ? one : other,
            leader: isOneLater ? other : one,
            lag: Int64(abs(best.lag)) * first.width,
            correlation: best.value
        )
    }
}
