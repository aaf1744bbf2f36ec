/// What part of a metric's standardised signal makes the levels of its sensors as different as a recipe says.
///
/// The level is a normal deviate u of the sensor, √s · u in the signal. Of readings Q(F(z)), a rising function of the signal,
/// the sensors' long-run means then have a variance V(s) that is the covariance of two readings whose signals correlate by s:
/// s · σ² of a normal distribution; mean² · (exp(s · τ²) − 1) of a lognormal one whose logarithm has the variance τ²; σ² · 6/π ·
/// arcsin(s/2) of a uniform one; and Σ cₖ² · sᵏ of any other, cₖ the coefficients of its Hermite series (Mehler 1866).
/// These take the signal for normal and the distribution for uncut.
struct LevelShare {
    /// The part of the signal's variance, above 1 for more than there is.
    let share: Double

    /// The part for the levels of a process whose readings have steps of a resolution.
    init(_ parameters: ProcessParameters, resolution: Resolution) {
        let wanted = parameters.levels * parameters.levels
        guard wanted > 0 else {
            share = 0
            return
        }
        let (noise, step) = (parameters.noise, resolution.value)
        let deviation = parameters.standardDeviation
        let variance = deviation * deviation - noise * noise - step * step / 12
        switch parameters.distribution {
        case .quantiles(let quantiles):
            share = Self.share(of: wanted, in: quantiles)
        case _ where wanted >= variance:
            share = variance > 0 ? wanted / variance : .infinity
        case .normal:
            share = wanted / variance
        case .lognormal:
            let square = parameters.mean * parameters.mean
            share = Elementary.logarithm(1 + wanted / square) / Elementary.logarithm(1 + variance / square)
        case .uniform:
            share = 2 * Elementary.sine(turns: wanted / variance / 12)
        }
    }

    private static func share(of wanted: Double, in quantiles: [Double]) -> Double {
        guard quantiles.count >= 2 else { return .infinity }
        let curve = NormalCurve.shared
        let (terms, steps) = (24, 384)
        var coefficients = [Double](repeating: 0, count: terms + 1)
        var below = 0.0
        for step in 1...steps {
            let above = step == steps ? 1 : curve.probability(below: Double(step) / 32 - 6)
            let middle = Double(step) / 32 - 6 - 1 / 64.0
            let place = (below + above) / 2 * Double(quantiles.count - 1)
            let index = min(Int(place), quantiles.count - 2)
            let reading = quantiles[index] + (place - Double(index)) * (quantiles[index + 1] - quantiles[index])
            // Hermite polynomials of mean square 1: √(k + 1) hₖ₊₁ = x hₖ − √k hₖ₋₁.
            var (before, current) = (0.0, 1.0)
            for term in 0...terms {
                coefficients[term] += (above - below) * reading * current
                let next = middle * current - Double(term).squareRoot() * before
                (before, current) = (current, next / Double(term + 1).squareRoot())
            }
            below = above
        }
        func variance(_ share: Double) -> Double {
            (1...terms).reversed().reduce(0) { ($0 + coefficients[$1] * coefficients[$1]) * share }
        }
        guard wanted <= variance(1) else { return wanted / max(variance(1), .leastNormalMagnitude) }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if variance(middle) < wanted { low = middle } else { high = middle }
        }
        return high
    }
}
