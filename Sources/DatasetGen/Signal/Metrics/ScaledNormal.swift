/// The distribution of a signal without its cycles where octaves vary in size: normal at any one size of each, and thus a
/// mixture of normal distributions of mean 0.
struct ScaledNormal {
    /// The probability below the points of a ``SignalAxis``, in steps of 1/128.
    private var probabilities: [Double] = []

    private static let steps = 128
    /// Variances that the mixture has at most.
    private static let varianceLimit = 48

    /// Nil for a signal whose octaves are of one size; `variance` is that of all but the cycles.
    init?(_ latent: ProcessLatent, variance: Double) {
        let parts = latent.volatileVariances.filter { $0.variance > 1e-6 && $0.size > 0 }
        guard !parts.isEmpty else { return nil }
        let steady = max(0.01, variance - parts.reduce(0) { $0 + $1.variance })
        var mixture = [(variance: steady, weight: 1.0)]
        for part in parts {
            let sizes = Self.squaredSizes(part.size)
            let all = mixture.flatMap { other in
                sizes.map { (other.variance + part.variance * $0.square, other.weight * $0.weight) }
            }
            mixture = Self.merged(all)
        }
        let curve = NormalCurve.shared
        let points = 2 * Int(SignalAxis.far) * Self.steps
        probabilities = (0...points)
            .map { index in
                let place = SignalAxis.signal(at: Double(index) / Double(Self.steps) - SignalAxis.far)
                return mixture.reduce(0) {
                    $0 + $1.weight * curve.probability(below: place / $1.variance.squareRoot())
                }
            }
    }

    /// The probability that the signal is below a value.
    func probability(below value: Double) -> Double {
        let place = min(max(SignalAxis.place(of: value), -SignalAxis.far), SignalAxis.far) + SignalAxis.far
        let index = min(Int(place * Double(Self.steps)), probabilities.count - 2)
        let part = place * Double(Self.steps) - Double(index)
        return probabilities[index] + part * (probabilities[index + 1] - probabilities[index])
    }

    /// The squares of sizes exp(s·V − s²), whose mean is 1.
    private static func squaredSizes(_ size: Double) -> [(square: Double, weight: Double)] {
        // Squares of a large size are mostly those of deviates around twice the size.
        var found = (-16...28)
            .map { step in
                let deviate = Double(step) / 4
                return (
                    square: Elementary.exponential(2 * size * deviate - 2 * size * size),
                    weight: Elementary.exponential(-deviate * deviate / 2)
                )
            }
        let total = found.reduce(0) { $0 + $1.weight }
        for index in found.indices { found[index].weight /= total }
        let mean = found.reduce(0) { $0 + $1.square * $1.weight }
        for index in found.indices { found[index].square /= mean }
        return found
    }

    /// Like variances as one, so that the mean stays.
    private static func merged(_ mixture: [(variance: Double, weight: Double)]) -> [(variance: Double, weight: Double)]
    {
        let logarithms = mixture.map { Elementary.logarithm($0.variance) }
        let (least, most) = (logarithms.min() ?? 0, logarithms.max() ?? 0)
        var bins = [(sum: Double, weight: Double)](repeating: (0, 0), count: varianceLimit)
        for (member, logarithm) in zip(mixture, logarithms) {
            let part = most > least ? (logarithm - least) / (most - least) : 0
            let index = min(Int(part * Double(varianceLimit)), varianceLimit - 1)
            bins[index].sum += member.variance * member.weight
            bins[index].weight += member.weight
        }
        return bins.filter { $0.weight > 0 }.map { ($0.sum / $0.weight, $0.weight) }
    }
}
