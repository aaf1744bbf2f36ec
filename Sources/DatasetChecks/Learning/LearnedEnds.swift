import DatasetGen

/// Where a metric's readings end, and how much noise has room inside.
struct LearnedEnds {
    /// What no reading is below: what many are at, or 0.
    let low: Double?
    /// What no reading is above: what many are at.
    let high: Double?
    /// The least and the greatest reading, faults aside.
    let seen: ClosedRange<Double>
    /// Where bounds lie that readings do not tell of: beyond what was seen.
    private let usual: ClosedRange<Double>
    private let step: Double
    private let decimals: Int
    /// The hundredth part of readings is below.
    private let firstHundredth: Double

    /// Noise goes so many deviations far; a little more, as numbers of recipes are rounded.
    static let reach = 3.605
    /// So many deviations of a normal distribution are left on the side of an end, or nearly what there is.
    private static let (room, part) = (2.2, 0.85)
    /// So many of a uniform one.
    private static let roomOfUniform = 1.74
    /// Noise may be so large a part of the deviation of readings that are all equally likely between two ends.
    private static let mostOfUniform = 0.35
    /// By how much noise may change a distribution, in probability.
    private static let (tolerance, growth) = (0.02, 0.005)

    init(_ series: LearnedSeries, _ distribution: LearnedDistribution) {
        let sample = series.levels.spread == nil ? series.sample : series.whole
        let whole = series.whole
        let resolution = series.recording.metrics[series.metric].resolution
        (step, decimals) = (resolution.value, min(6, resolution.decimals + 2))
        let (least, greatest) = (whole[0], whole[whole.count - 1])
        seen = least...greatest
        func isBound(_ value: Double) -> Bool {
            Double(whole.count { $0 == value }) > max(2, 0.01 * Double(whole.count))
        }
        let isStill = distribution.deviation == 0
        low = isBound(least) || isStill ? least : least >= 0 || distribution.form == .lognormal ? 0 : nil
        high = isBound(greatest) || isStill ? greatest : nil
        // Faults lie beyond the ends of what is healthy, so that these are not asked.
        let (middle, bottom, top) = (
            sample.quantile(0.5), sample.quantile(0.001),
            sample.quantile(0.999)
        )
        let reach = 4 * distribution.deviation
        usual =
            min(
                bottom - 0.3 * (middle - bottom),
                distribution.mean - reach
            )...max(top + 0.3 * (top - middle), distribution.mean + reach)
        firstHundredth = sample.quantile(0.01)
    }

    /// Bounds of a distribution that a word says.
    ///
    /// - Parameters:
    ///   - mean: its mean.
    ///   - signal: the deviation of what is no noise.
    ///   - noise: that of the noise.
    ///   - widening: by how many deviations bounds are wider than usual.
    /// - Returns: the bounds, between which a model has room.
    func bounds(mean: Double, signal: Double, noise: Double, widening: Double) -> ClosedRange<Double> {
        let reach = Self.reach * noise + (3 + widening) * signal + step
        var bottom = noise > 0 || widening > 0 ? min(usual.lowerBound, mean - reach) : usual.lowerBound
        var top = noise > 0 || widening > 0 ? max(usual.upperBound, mean + reach) : usual.upperBound
        if let low { bottom = low == seen.lowerBound ? low : max(low, bottom) }
        if let high { top = high }
        // Between its ends a model has three steps at least.
        let room = top - bottom < 2 * step ? step : 0
        return bottom - room...max(bottom, top) + room
    }

    /// Where quantiles may lie that have so much noise around them.
    func room(for noise: Double) -> ClosedRange<Double>? {
        // Numbers of recipes are rounded.
        let margin = noise > 0 ? Self.reach * noise + gap : 0
        let bottom = low.map { $0 + margin } ?? seen.lowerBound - step / 2
        let top = high.map { $0 - margin } ?? seen.upperBound + step / 2
        return bottom < top ? bottom...top : nil
    }

    /// How far apart quantiles are at least.
    var gap: Double { 2 / Double(Int64.powerOfTen(decimals) ?? 1) }

    /// The most that noise may be with which readings keep their distribution and their ends.
    func most(of noise: Double, in distribution: LearnedDistribution) -> Double {
        guard noise > 0 else { return 0 }
        let fits: (Double) -> Bool
        if let target = distribution.target {
            let plain = room(for: 0).flatMap { target.fit(noise: 0, in: $0, gap: gap) }?.error ?? 1
            let most = max(Self.tolerance, plain + Self.growth)
            fits = { noise in
                guard let room = room(for: noise), let fit = target.fit(noise: noise, in: room, gap: gap) else {
                    return false
                }
                return fit.error <= most
            }
        } else {
            fits = { noise in hasRoom(for: noise, in: distribution) }
        }
        guard !fits(noise) else { return noise }
        var (low, high) = (0.0, noise)
        for _ in 0..<8 {
            let middle = (low + high) / 2
            if fits(middle) { low = middle } else { high = middle }
        }
        return low
    }

    private func hasRoom(for noise: Double, in distribution: LearnedDistribution) -> Bool {
        let deviation = distribution.deviation
        let signal = max(0, deviation * deviation - noise * noise).squareRoot()
        var (room, part) = (Self.room, Self.part)
        switch distribution.form {
        // What is never below 0 has no noise that goes there.
        case .lognormal where noise > firstHundredth / 3.6: return false
        case .uniform:
            if noise > Self.mostOfUniform * distribution.ownDeviation { return false }
            (room, part) = (Self.roomOfUniform, 1)
        default: break
        }
        let sides = [low.map { distribution.mean - $0 }, high.map { $0 - distribution.mean }].compactMap { $0 }
        return sides.allSatisfy { side in
            side - Self.reach * noise >= part * min(side, room * signal)
        }
    }
}
