import DatasetGen

/// What of a metric's wander comes from others that it follows: the wander of metrics, each so large and so much later, in
/// parts of the metric's own deviation.
struct FollowedWander {
    struct Term {
        let metric: Int
        let amplitude: Double
        /// Microseconds.
        let lag: Int64
    }

    private(set) var terms: [Term] = []
    /// By metric: what its own wander is like.
    private var courses: [Int: RedNoise] = [:]

    /// Of a metric that follows none.
    init() {}

    /// Of a metric whose couplings are given; what it follows is known already.
    init(_ couplings: [LearnedCoupling], _ whole: [Int: FollowedWander]) {
        for coupling in couplings {
            guard let leader = whole[coupling.leader] else { continue }
            terms += leader.terms.map {
                Term(metric: $0.metric, amplitude: coupling.weight * $0.amplitude, lag: $0.lag + coupling.lag)
            }
            courses.merge(leader.courses) { $1 }
        }
    }

    /// The same with the metric's own wander, which makes the variance 1.
    func adding(_ course: RedNoise, of metric: Int) -> FollowedWander {
        var whole = self
        whole.terms.append(Term(metric: metric, amplitude: max(0.01, 1 - variance).squareRoot(), lag: 0))
        whole.courses[metric] = course
        return whole
    }

    /// The variance.
    var variance: Double { covariance(after: 0) }

    /// Half the mean square of a difference after some microseconds.
    func part(after lag: Int64) -> Double { terms.isEmpty ? 0 : variance - covariance(after: lag) }

    private func covariance(after lag: Int64) -> Double {
        var sum = 0.0
        for one in terms {
            for other in terms where one.metric == other.metric {
                let likeness = courses[one.metric]?.correlation(after: lag + one.lag - other.lag) ?? 0
                sum += one.amplitude * other.amplitude * likeness
            }
        }
        return sum
    }
}
