/// The map from a standardised signal to readings of a metric, with the mean, the standard deviation and the bounds
/// that a recipe asks for.
///
/// A signal z of mean 0 and variance 1 becomes `centre + S(scale · z)`, where S is the identity near zero and bends
/// smoothly towards the bounds, S(y) = y / ⁴√(1 + (y/b)⁴) with b the distance from the centre to the bound on that
/// side. So no reading leaves the bounds and none piles up there. `centre` and `scale` are solved for the moments of
/// the model, never of a run. White noise is added to that, and is bounded: the bounds of S lie that much inside the
/// recipe's. All fields count steps of the resolution.
struct MetricFit: Hashable, Sendable {
    private(set) var centre: Double
    private(set) var scale: Double
    /// Standard deviation of the white noise.
    let noise: Double
    private let lowest: Double
    private let highest: Double

    /// Fits the parameters of a metric.
    ///
    /// `noise` is the part's white noise, in the metric's unit, less where the recipe leaves no room for it, `noiseBound` its largest deviate;
    /// `cycleShare` the daily cycle's share of the signal's variance.
    ///
    /// - Throws: ``SignalError`` when the bounds leave no room for the standard deviation.
    init(
        _ parameters: MetricParameters,
        metric: StandardMetric,
        resolution: Resolution,
        noise: Double,
        noiseBound: Double,
        cycleShare: Double
    ) throws(SignalError) {
        let unit = resolution.value
        let (mean, deviation) = (parameters.mean / unit, parameters.standardDeviation / unit)
        // The outermost multiples of the resolution inside the bounds; 10⁻⁹ steps absorb the rounding of the division.
        let bottom = (parameters.minimum / unit - 1e-9).rounded(.up)
        let top = (parameters.maximum / unit + 1e-9).rounded(.down)
        let room = min(mean - bottom, top - mean)
        // A recipe's deviation may be smaller than the part's noise: then a fifth of it is noise.
        let white = max(0, min(noise / unit, 0.2 * deviation, 0.028 * room))
        (lowest, highest) = (bottom + noiseBound * white, top - noiseBound * white)
        self.noise = white
        // Rounding to whole steps adds the variance of a uniform step, 1/12 (Sheppard 1898).
        let target = Moments(
            mean: mean,
            standardDeviation: max(0, deviation * deviation - white * white - 1 / 12.0).squareRoot()
        )
        (centre, scale) = (target.mean, target.standardDeviation)
        guard parameters.standardDeviation > 0 else { return }
        guard deviation >= 0.5, top - bottom >= 2 else {
            throw .resolutionTooCoarse(metric, parameters, resolution)
        }
        let latent = LatentDistribution(cycleShare: cycleShare)
        guard converge(to: target, latent: latent), !isPiledUp else {
            throw .deviationTooLarge(metric, parameters, largest: largestDeviation(around: mean, latent) * unit)
        }
    }

    private init(centre: Double, scale: Double, lowest: Double, highest: Double) {
        (self.centre, self.scale, noise) = (centre, scale, 0)
        (self.lowest, self.highest) = (lowest, highest)
    }

    /// A reading in steps, before noise and rounding, of a standardised signal.
    @inline(__always)
    func value(_ signal: Double) -> Double {
        let offset = signal * scale
        guard scale > 0 else { return centre }
        let relative = offset / ((offset < 0 ? lowest : highest) - centre)
        let square = relative * relative
        return centre + offset / (1 + square * square).squareRoot().squareRoot()
    }

    /// Where the scale nears the distance to a bound, readings would crowd there: at 0.72 the density is level.
    private var isPiledUp: Bool {
        scale > 0.72 * min(highest - centre, centre - lowest)
    }

    private mutating func converge(to target: Moments, latent: LatentDistribution) -> Bool {
        for _ in 0..<200 {
            guard centre > lowest, centre < highest, !isPiledUp else { return false }
            let fit = self
            let found = latent.moments { fit.value($0) }
            let (shift, stretch) = (target.mean - found.mean, target.standardDeviation / found.standardDeviation)
            if abs(shift) < 1e-7 * target.standardDeviation, abs(stretch - 1) < 1e-7 { return true }
            centre += shift
            scale *= stretch
        }
        return false
    }

    /// The largest standard deviation that has a fit around a mean, in steps, to three digits.
    private func largestDeviation(around mean: Double, _ latent: LatentDistribution) -> Double {
        var (possible, impossible) = (0.0, highest - lowest)
        while impossible - possible > 0.001 * impossible {
            let middle = (possible + impossible) / 2
            var fit = MetricFit(centre: mean, scale: middle, lowest: lowest, highest: highest)
            if fit.converge(to: Moments(mean: mean, standardDeviation: middle), latent: latent), !fit.isPiledUp {
                possible = middle
            } else {
                impossible = middle
            }
        }
        return possible
    }
}
