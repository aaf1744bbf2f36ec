/// The map from a standardised signal to readings of a metric, with the mean, the standard deviation and the bounds
/// that a recipe asks for.
///
/// A signal z of mean 0 and variance 1 becomes `centre + S(scale · z)`, where S is the identity near zero and bends
/// smoothly towards the bounds, S(y) = y / ⁴√(1 + (y/b)⁴) with b the distance from the centre to the bound on that
/// side. So no reading leaves the bounds and none piles up there. `centre` and `scale` are solved for the moments of
/// the model, never of a run. All fields count steps of the resolution.
struct MetricFit: Hashable, Sendable {
    private(set) var centre: Double
    private(set) var scale: Double
    private let lowest: Double
    private let highest: Double
    /// Units of 10⁻ᵈ in one step.
    let step: Int32

    /// Fits the parameters of a metric.
    ///
    /// - Throws: ``SignalError`` when the bounds leave no room for the standard deviation.
    init(_ parameters: MetricParameters, metric: Metric, shape: SignalShape) throws(SignalError) {
        let unit = parameters.resolution.value
        let target = Moments(
            mean: parameters.mean / unit,
            // Rounding to whole steps adds the variance of a uniform step, 1/12 (Sheppard 1898).
            standardDeviation: max(0, Self.square(parameters.standardDeviation / unit) - 1 / 12.0).squareRoot()
        )
        // The outermost multiples of the resolution inside the bounds; 10⁻⁹ steps absorb the rounding of the division.
        lowest = (parameters.minimum / unit - 1e-9).rounded(.up)
        highest = (parameters.maximum / unit + 1e-9).rounded(.down)
        step = parameters.resolution.step
        centre = target.mean
        scale = target.standardDeviation
        guard scale > 0 else { return }
        guard converge(to: target, latent: LatentDistribution(shape)), !isPiledUp else {
            let largest = largestDeviation(around: target.mean, shape: shape) * unit
            throw .deviationTooLarge(metric, parameters, largest: largest)
        }
    }

    private init(centre: Double, scale: Double, lowest: Double, highest: Double, step: Int32) {
        self.centre = centre
        self.scale = scale
        self.lowest = lowest
        self.highest = highest
        self.step = step
    }

    /// Replaces standardised values by whole steps, as counts of 10⁻ᵈ.
    func quantise(_ signal: Span<Double>, into counts: inout MutableSpan<Int32>) {
        let (above, below) = reciprocalBounds
        for index in signal.indices {
            let value = value(signal[index], above: above, below: below)
            // Adding 1.5 · 2⁵² rounds to the nearest integer, in the lowest bits of the significand.
            let rounded = Int32(truncatingIfNeeded: Int64(bitPattern: (value + 0x1.8p52).bitPattern))
            counts[index] = rounded &* step
        }
    }

    /// One over the signed distance from the centre to each bound.
    private var reciprocalBounds: (above: Double, below: Double) {
        (1 / (highest - centre), 1 / (lowest - centre))
    }

    /// A reading in steps, before rounding.
    @inline(__always)
    private func value(_ signal: Double, above: Double, below: Double) -> Double {
        let offset = signal * scale
        let relative = offset * (offset < 0 ? below : above)
        let square = relative * relative
        return centre + offset / (1 + square * square).squareRoot().squareRoot()
    }

    /// Where the scale nears the distance to a bound, readings would crowd there: at 0.72 the density is level.
    private var isPiledUp: Bool {
        scale > 0.72 * min(highest - centre, centre - lowest)
    }

    private mutating func converge(to target: Moments, latent: LatentDistribution) -> Bool {
        for _ in 0..<200 {
            let (above, below) = reciprocalBounds
            let found = latent.moments { value($0, above: above, below: below) }
            let (shift, stretch) = (target.mean - found.mean, target.standardDeviation / found.standardDeviation)
            if abs(shift) < 1e-7 * target.standardDeviation, abs(stretch - 1) < 1e-7 { return true }
            centre += shift
            scale *= stretch
            guard centre > lowest, centre < highest, !isPiledUp else { return false }
        }
        return false
    }

    /// The largest standard deviation that has a fit around a mean, in steps, to three digits.
    private func largestDeviation(around mean: Double, shape: SignalShape) -> Double {
        let latent = LatentDistribution(shape)
        var (possible, impossible) = (0.0, highest - lowest)
        while impossible - possible > 0.001 * impossible {
            let middle = (possible + impossible) / 2
            var fit = MetricFit(centre: mean, scale: middle, lowest: lowest, highest: highest, step: step)
            if fit.converge(to: Moments(mean: mean, standardDeviation: middle), latent: latent), !fit.isPiledUp {
                possible = middle
            } else {
                impossible = middle
            }
        }
        return possible
    }

    private static func square(_ value: Double) -> Double { value * value }
}

/// Mean and standard deviation.
struct Moments {
    var mean: Double
    var standardDeviation: Double
}
