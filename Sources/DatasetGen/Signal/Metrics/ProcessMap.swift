/// The rising map from a standardised signal to readings, before noise and rounding, with the distribution, the mean
/// and the standard deviation that a recipe asks for.
///
/// The signal z has the distribution F over the fleet and long time; F(z) is uniform, and a reading is the target's
/// quantile there. The target is cut at the bounds, and its parameters are solved for the moments of the cut one, so no
/// reading leaves the bounds and none piles up. All fields count steps of the resolution.
struct ProcessMap: Hashable, Sendable {
    /// The readings at the points of the table, which lie evenly on a ``SignalAxis``.
    private(set) var values: [Double]

    /// The reading of a signal.
    @inline(__always)
    static func value(_ signal: Double, _ table: Span<Double>) -> Double {
        let reach = Double(table.count - 1) / (2 * SignalAxis.steps)
        // The same for a whole column, so that only far signals are tried for logarithms.
        let axis = reach > SignalAxis.near ? SignalAxis.place(of: signal) : signal
        let place = (min(max(axis, -reach), reach) + reach) * SignalAxis.steps
        let index = min(Int(place), table.count - 2)
        return table[index] + (place - Double(index)) * (table[index + 1] - table[index])
    }

    /// What the target has to be.
    struct Target {
        var distribution: ProcessParameters.Distribution
        var moments: Moments
        /// The outermost readings before noise.
        var lowest: Double
        var highest: Double
    }

    /// Nil when the target cannot be had.
    init?(_ target: Target, signal: SignalDistribution) {
        let (mean, deviation) = (target.moments.mean, target.moments.standardDeviation)
        guard mean >= target.lowest, mean <= target.highest else { return nil }
        switch target.distribution {
        case .uniform:
            let half = deviation * 1.732_050_807_568_877_2
            guard mean - half >= target.lowest, mean + half <= target.highest else { return nil }
            values = signal.probabilities.map { mean + ($0 * 2 - 1) * half }
        case .quantiles(let quantiles):
            guard quantiles[0] >= target.lowest, quantiles[quantiles.count - 1] <= target.highest else { return nil }
            values = signal.probabilities.map { Self.quantile($0, of: quantiles) }
        case .normal, .lognormal:
            let isLogarithmic = target.distribution == .lognormal
            guard let fitted = Self.fitted(target, signal, isLogarithmic: isLogarithmic) else { return nil }
            values = fitted
        }
    }

    /// A map of one value.
    init(constant: Double, signal: SignalDistribution) {
        values = [Double](repeating: constant, count: signal.probabilities.count)
    }

    private static func quantile(_ probability: Double, of quantiles: [Double]) -> Double {
        let place = probability * Double(quantiles.count - 1)
        let index = min(Int(place), quantiles.count - 2)
        return quantiles[index] + (place - Double(index)) * (quantiles[index + 1] - quantiles[index])
    }

    /// Centre and scale of a cut normal distribution, of readings or of their logarithms, by fixed-point iteration.
    private static func fitted(
        _ target: Target,
        _ signal: SignalDistribution,
        isLogarithmic: Bool
    ) -> [Double]? {
        let wanted = target.moments
        let lowest = isLogarithmic ? max(target.lowest, 1e-9) : target.lowest
        guard !isLogarithmic || wanted.mean > 0, target.highest > lowest else { return nil }
        func onScale(_ value: Double) -> Double { isLogarithmic ? Elementary.logarithm(value) : value }
        let (low, high) = (onScale(lowest), onScale(target.highest))
        var (centre, scale) = (wanted.mean, wanted.standardDeviation)
        if isLogarithmic {
            let variation = wanted.standardDeviation / wanted.mean
            scale = Elementary.logarithm(1 + variation * variation).squareRoot()
            centre = Elementary.logarithm(wanted.mean) - scale * scale / 2
        }
        for _ in 0..<300 {
            // A mode beyond a bound is a crowd at it; a scale as wide as the bounds is nearly uniform.
            let mode = isLogarithmic ? centre - scale * scale : centre
            guard mode >= low, mode <= high, scale <= high - low else { return nil }
            let values = cut(centre, scale, low, high, signal, isLogarithmic: isLogarithmic)
            let found = signal.moments(of: values)
            let shift = wanted.mean - found.mean
            let stretch = wanted.standardDeviation / found.standardDeviation
            if abs(shift) < 1e-7 * wanted.standardDeviation, abs(stretch - 1) < 1e-7 { return values }
            centre += isLogarithmic ? shift / wanted.mean : shift
            scale *= stretch
        }
        return nil
    }

    private static func cut(
        _ centre: Double,
        _ scale: Double,
        _ low: Double,
        _ high: Double,
        _ signal: SignalDistribution,
        isLogarithmic: Bool
    ) -> [Double] {
        let curve = NormalCurve.shared
        let below = curve.probability(below: (low - centre) / scale)
        let inside = curve.probability(below: (high - centre) / scale) - below
        return signal.probabilities.map { probability in
            let value = min(max(centre + scale * curve.deviate(below + probability * inside), low), high)
            return isLogarithmic ? Elementary.exponential(value) : value
        }
    }
}
