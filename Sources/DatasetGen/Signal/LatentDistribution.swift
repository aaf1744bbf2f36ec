/// The distribution of a standardised signal over all times, skies and sensors: a daily cycle of some share of the
/// variance, and normal deviates for the rest.
struct LatentDistribution {
    private var points: [Double] = []
    private var weights: [Double] = []

    /// - Parameter cycleShare: the daily cycle's share of the variance, 0…1.
    init(cycleShare: Double) {
        // A grid of steps of 1/16 from −8 to 8 collects the points: millions would slow the fit down.
        let (steps, reach) = (16.0, 128)
        var histogram = [Double](repeating: 0, count: 2 * reach + 1)
        let amplitude = cycleShare.squareRoot()
        let deviation = (1 - cycleShare).squareRoot()
        for phase in 0..<24 {
            // Days of 12 hours stand for all: mean and variance are those of every day.
            let cycle = DailyCycle.shared.standardised(solarHour: Double(phase), dayLength: 12)
            for gain in Cloudiness.gains {
                let middle = amplitude * cycle * gain.value
                // The trapezoidal rule converges exponentially for a normal density.
                for index in -20...20 {
                    let deviate = Double(index) * 0.3
                    let weight = gain.weight * Elementary.exponential(-0.5 * deviate * deviate)
                    let place = min(max((middle + deviation * deviate) * steps, -127), 127)
                    // Shared between two points of the grid, so that the mean stays exact.
                    let low = Int(place + 200) - 200
                    let part = place - Double(low)
                    histogram[reach + low] += weight * (1 - part)
                    histogram[reach + low + 1] += weight * part
                }
            }
        }
        let total = histogram.reduce(0, +)
        points = histogram.indices.map { Double($0 - reach) / steps }
        weights = histogram.map { $0 / total }
        let moments = moments { $0 }
        points = points.map { ($0 - moments.mean) / moments.standardDeviation }
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
