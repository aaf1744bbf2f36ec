/// The distribution of a metric's standardised signal over all times and sensors: the daily cycle at a uniform time of
/// day, plus a normal deviate.
struct LatentDistribution {
    private var points: [Double] = []
    private var weights: [Double] = []

    init(_ shape: SignalShape) {
        let deviation = shape.randomShare.squareRoot()
        let phases = 24
        var total = 0.0
        for phase in 0..<phases {
            let cycle = shape.dailyCycle(solarDays: Double(phase) / Double(phases))
            // The trapezoidal rule converges exponentially for a normal density: a step of 0.2 leaves 10⁻¹³.
            for index in -32...32 {
                let deviate = Double(index) * 0.2
                let weight = Elementary.exponential(-0.5 * deviate * deviate)
                points.append(cycle + deviation * deviate)
                weights.append(weight)
                total += weight
            }
        }
        for index in weights.indices { weights[index] /= total }
    }

    /// The moments of a function of the signal.
    func moments(of function: (Double) -> Double) -> Moments {
        let values = points.map(function)
        var mean = 0.0
        for (value, weight) in zip(values, weights) { mean += weight * value }
        var variance = 0.0
        for (value, weight) in zip(values, weights) { variance += weight * (value - mean) * (value - mean) }
        return Moments(mean: mean, standardDeviation: variance.squareRoot())
    }
}
