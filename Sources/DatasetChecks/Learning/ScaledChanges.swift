import DatasetGen

/// Changes of a wander and its noise, a part of which varies in size: a mixture of normal distributions, of as many as there are
/// phases of the lattices and sizes.
struct ScaledChanges {
    private let wander: LearnedWander
    private let noise: Double
    private let own: Double
    private let width: Int64
    private let longest: Int64
    /// Half the square of a change at some instants: of what is steady, and of what varies.
    private let instants: [(steady: Double, varying: Double)]

    /// Instants that fall into all phases of the lattices.
    private static let times = (0..<48 as Range<Int64>).map { $0 * 31_415_926_535_897 }
    /// Normal deviates, each as likely as any other.
    private static let deviates = (0..<17).map { NormalCurve.shared.deviate((Double($0) + 0.5) / 17) }

    /// - Parameters:
    ///   - wander: the wander, and the noise beside it.
    ///   - task: what it was fitted to.
    ///   - width: after how many microseconds.
    ///   - longest: the period of the longest octave that varies in size.
    init(_ wander: LearnedWander, _ task: LearnedWander.Task, after width: Int64, upTo longest: Int64) {
        self.wander = wander
        noise = wander.noise * wander.noise / task.structure.variance
        own = (1 - noise) * task.own
        (self.width, self.longest) = (width, longest)
        let (noise, own) = (noise, own)
        instants = Self.times.map { Self.squares(wander.course, noise, own, at: $0, after: width, upTo: longest) }
    }

    private static func squares(
        _ course: RedNoise,
        _ noise: Double,
        _ own: Double,
        at time: Int64,
        after width: Int64,
        upTo longest: Int64
    ) -> (steady: Double, varying: Double) {
        let change = course.squaredChange(at: time, after: width, upTo: longest)
        return (noise + own * change.longer / 2, own * change.shorter / 2)
    }

    /// The part of the changes' mean square that varies in size.
    var varyingPart: Double {
        let varying = instants.reduce(0) { $0 + $1.varying }
        return varying / max(instants.reduce(varying) { $0 + $1.steady }, .leastNormalMagnitude)
    }

    /// The standard deviations of changes, each as likely as any other.
    func deviations(_ size: Double) -> [Double] {
        let factors = Self.deviates.map { Self.factor($0, size) }
        return instants.flatMap { instant in
            factors.map { (instant.steady + instant.varying * $0).squareRoot() }
        }
    }

    private static func factor(_ deviate: Double, _ size: Double) -> Double {
        Elementary.exponential(2 * size * deviate - 2 * size * size)
    }

    /// What so much of the sizes of changes is below.
    static func quantile(_ probability: Double, of deviations: [Double]) -> Double {
        var (low, high) = (0.0, 8 * (deviations.max() ?? 1))
        for _ in 0..<24 {
            let middle = (low + high) / 2
            let below = deviations.reduce(0) {
                $0 + ($1 > 0 ? 2 * NormalCurve.shared.probability(below: middle / $1) - 1 : 1)
            }
            if below < probability * Double(deviations.count) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// By how much less than their mean square the smaller 95 % of changes say, as ``RobustMoments/rootMeanSquare(_:)`` takes them.
    func trimming(_ size: Double) -> Double {
        let deviations = deviations(size)
        let bound = Self.quantile(0.95, of: deviations)
        let (kept, whole) = deviations.reduce((0.0, 0.0)) { sums, deviation in
            guard deviation > 0 else { return sums }
            let end = bound / deviation
            let inside = 2 * NormalCurve.shared.probability(below: end) - 1
            // ∫ x² of a normal density between −a and a: its probability less 2a times the density at a.
            let density = Elementary.exponential(-end * end / 2) * 0.398_942_280_401_432_7
            let square = deviation * deviation
            return (sums.0 + square * (inside - 2 * end * density), sums.1 + square)
        }
        return whole > 0 ? kept / 0.95 / 0.7585 / whole : 1
    }

    /// The correlation of the sizes of two changes some time apart, whose V correlate by so much.
    func likeness(_ size: Double, after lag: Int64, _ correlation: Double) -> Double {
        let rest = max(0, 1 - correlation * correlation).squareRoot()
        let factors = Self.deviates.map { Self.factor($0, size) }
        let later = Self.deviates.map { one in
            Self.deviates.map { Self.factor(correlation * one + rest * $0, size) }
        }
        let count = Double(Self.deviates.count)
        var (product, mean, square) = (0.0, 0.0, 0.0)
        for (time, instant) in zip(Self.times, instants) {
            let then = Self.squares(wander.course, noise, own, at: time + lag, after: width, upTo: longest)
            for (factor, others) in zip(factors, later) {
                let variance = instant.steady + instant.varying * factor
                let deviation = variance.squareRoot()
                let other = others.reduce(0) { $0 + (then.steady + then.varying * $1).squareRoot() } / count
                product += deviation * other
                mean += deviation
                square += variance
            }
        }
        let number = count * Double(instants.count)
        (product, mean, square) = (product / number, mean / number, square / number)
        // The mean size of a normal deviate is √(2/π).
        let part = 0.636_619_772_367_581_4
        return (part * product - part * mean * mean) / max(square - part * mean * mean, .leastNormalMagnitude)
    }
}
