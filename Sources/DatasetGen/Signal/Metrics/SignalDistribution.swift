/// The distribution of a ``ProcessLatent`` over the fleet and long time: its cycles, and for the rest normal deviates, of
/// several variances where octaves vary in size.
struct SignalDistribution {
    /// F(z) at the points of a ``ProcessMap``.
    private(set) var probabilities: [Double] = []
    /// Four parts of each interval between two points: the weight of each.
    private var weights: [Double] = []

    init(_ latent: ProcessLatent) {
        let deviation = max(0.01, 1 - latent.cyclicVariance).squareRoot()
        let samples = latent.cyclic.isEmpty ? [0] : latent.cyclicSamples
        let highest = samples.reduce(0) { max($0, $1.magnitude) }
        let bins = Self.bins(samples, reach: max(4, Int(highest) + 1))
        let rest = ScaledNormal(latent, variance: deviation * deviation)
        let curve = NormalCurve.shared
        let reach = rest != nil || highest > 4 ? SignalAxis.far : SignalAxis.near
        let count = Int(2 * reach * SignalAxis.steps)
        let edges = (0...4 * count)
            .map { index in
                let z = SignalAxis.signal(at: Double(index) / (4 * SignalAxis.steps) - reach)
                if let rest { return bins.reduce(0) { $0 + $1.weight * rest.probability(below: z - $1.value) } }
                return bins.reduce(0) { $0 + $1.weight * curve.probability(below: (z - $1.value) / deviation) }
            }
        probabilities = stride(from: 0, through: 4 * count, by: 4).map { edges[$0] }
        weights = (0..<4 * count).map { edges[$0 + 1] - edges[$0] }
        // What lies beyond the ends is mapped as the ends are.
        weights[0] += edges[0]
        weights[weights.count - 1] += 1 - edges[edges.count - 1]
    }

    /// The values of cycles, collected by a grid of steps of 1/64 from −`reach` to `reach`.
    private static func bins(_ samples: [Double], reach: Int) -> [(value: Double, weight: Double)] {
        let reach = Double(reach)
        var histogram = [Double](repeating: 0, count: Int(reach) * 128 + 2)
        for sample in samples {
            let place = (sample + reach) * 64
            let (low, part) = (Int(place), place - Double(Int(place)))
            histogram[low] += (1 - part) / Double(samples.count)
            histogram[low + 1] += part / Double(samples.count)
        }
        return histogram.indices.filter { histogram[$0] > 0 }.map { (Double($0) / 64 - reach, histogram[$0]) }
    }

    /// The moments of a map, given by its values at the points.
    func moments(of values: [Double]) -> Moments {
        func value(_ part: Int) -> Double {
            let (index, place) = (part / 4, (Double(part % 4) + 0.5) / 4)
            return values[index] + place * (values[index + 1] - values[index])
        }
        var (mean, square) = (0.0, 0.0)
        for part in weights.indices { mean += weights[part] * value(part) }
        for part in weights.indices {
            let distance = value(part) - mean
            square += weights[part] * distance * distance
        }
        return Moments(mean: mean, standardDeviation: square.squareRoot())
    }
}
