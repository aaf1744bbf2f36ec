/// How clear the sky is and what that does to the daily cycle of temperature.
///
/// A normal deviate g becomes the clear part of the sky, 1 / (1 + e^−1.3 g); the cycle is 0.25 to 1.75 times as large as
/// on average. So the daily range varies from day to day by more than a third of its mean.
enum Cloudiness {
    /// The clear part of the sky, 0…1.
    static func clearness(_ deviate: Double) -> Double {
        1 / (1 + Elementary.exponential(-1.3 * deviate))
    }

    /// The clear part of a sky that is clearer or less clear than half as a rule, by the logarithm of the odds; 0 is half.
    static func clearness(_ deviate: Double, bias: Double) -> Double {
        1 / (1 + Elementary.quickExponential(-1.3 * deviate - bias))
    }

    /// The mean of that over skies, whose deviates vary by 1: a logistic curve is 1.7 times as wide as a normal one.
    static func meanClearness(bias: Double) -> Double {
        1 / (1 + Elementary.exponential(-bias / (1 + 1.69 / 2.89).squareRoot()))
    }

    /// The factor on the daily cycle.
    static func gain(clearness: Double) -> Double { 0.25 + 1.5 * clearness }

    /// Points of the distribution of the factor on the daily cycle, scaled to a mean square of 1, with their weights.
    static let gains: [(value: Double, weight: Double)] = {
        let points = (-8...8)
            .map { index in
                let deviate = Double(index) * 0.5
                return (gain(clearness: clearness(deviate)), Elementary.exponential(-0.5 * deviate * deviate))
            }
        let total = points.reduce(0) { $0 + $1.1 }
        return points.map { (value: $0.0 / rootMeanSquare, weight: $0.1 / total) }
    }()

    /// Root of the mean square of the factor, over all skies.
    static let rootMeanSquare: Double = {
        var (sum, total) = (0.0, 0.0)
        // The trapezoidal rule converges exponentially for a normal density.
        for index in -40...40 {
            let deviate = Double(index) * 0.2
            let weight = Elementary.exponential(-0.5 * deviate * deviate)
            let factor = gain(clearness: clearness(deviate))
            sum += weight * factor * factor
            total += weight
        }
        return (sum / total).squareRoot()
    }()
}
