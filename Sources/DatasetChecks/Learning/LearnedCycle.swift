import DatasetGen

/// A cosine of a period in the scores of a metric.
struct LearnedCycle {
    /// Microseconds.
    var period: Int64
    /// Of the cosine and the sine of the turns since 1970.
    var cosine: Double
    var sine: Double
    /// The standard error of the two, by parts of the recording; nil where there are too few periods to tell.
    var standardError: Double?

    /// Its variance.
    var variance: Double { (cosine * cosine + sine * sine) / 2 }

    /// Microseconds from the beginning of a period to its peak.
    var peak: Int64 {
        let turns = Elementary.arctangentTurns(sine / cosine) + (cosine < 0 ? 0.5 : 0)
        let place = Int64((turns - turns.rounded(.down)) * Double(period))
        // To a thousandth of the period, in whole seconds.
        let unit = max(1_000_000, period / 1_000 / 1_000_000 * 1_000_000)
        return (place + unit / 2) / unit * unit % period
    }

    /// Its value at an instant.
    func value(at time: Int64) -> Double {
        let (cosine, sine) = Self.wave(period, time)
        return self.cosine * cosine + self.sine * sine
    }

    /// The periods that a recording may tell of.
    private static let periods: [(days: Double, harmonics: Int64)] = [(1, 3), (7, 2), (365.25, 1)]

    /// Cosine and sine of the turns of a period since 1970.
    private static func wave(_ period: Int64, _ time: Int64) -> (Double, Double) {
        let turns = Double(time - time.flooredQuotient(by: period) * period) / Double(period)
        return (Elementary.cosine(turns: turns), Elementary.sine(turns: turns))
    }

    /// The cycles in some scores of more than a period: those that parts of the recording agree on.
    static func all(in scores: BinnedScores, longerThan least: Int64 = 0) -> [LearnedCycle] {
        let span = Int64(scores.count) * scores.width
        let seen = Double(scores.filledCount) * Double(scores.width)
        var candidates: [Int64] = []
        for (days, harmonics) in periods {
            let period = Int64(days * 86_400e6)
            // A year is worth a guess when it has been seen once, pauses aside: what it leaves would pass for wander.
            let isSeen =
                days > 300
                ? Double(span) >= 0.95 * Double(period) && seen >= 0.5 * Double(period) : span >= 2 * period
            guard period > least, isSeen, scores.width * 6 <= period else { continue }
            candidates += (1...harmonics).map { period / $0 }.filter { scores.width * 4 <= $0 }
        }
        guard !candidates.isEmpty else { return [] }
        func fit(_ bins: Range<Int>, _ periods: [Int64]) -> [LearnedCycle]? {
            var sums = LeastSquares(regressors: 1 + 2 * periods.count)
            for bin in bins {
                let waves = periods.map { wave($0, scores.time(bin)) }
                let regressors: [Double] = waves.reduce(into: [1]) { $0 += [$1.0, $1.1] }
                for sensor in scores.bins where !sensor[bin].isNaN { sums.add(regressors, sensor[bin]) }
            }
            return sums.solution.map { weights in
                periods.enumerated()
                    .map { LearnedCycle(period: $1, cosine: weights[1 + 2 * $0], sine: weights[2 + 2 * $0]) }
            }
        }
        guard var cycles = fit(0..<scores.count, candidates) else { return [] }
        for index in cycles.indices {
            let parts = min(8, Int(span / (2 * cycles[index].period)))
            guard parts >= 2 else { continue }
            // What is longer than a part cannot be told from its mean.
            let periods = candidates.filter { $0 * 3 / 2 <= span / Int64(parts) }
            guard let place = periods.firstIndex(of: cycles[index].period) else { continue }
            let fits = (0..<parts)
                .compactMap { fit(scores.count * $0 / parts..<scores.count * ($0 + 1) / parts, periods)?[place] }
            guard fits.count >= 2 else { continue }
            let count = Double(fits.count)
            let means = (fits.reduce(0) { $0 + $1.cosine } / count, fits.reduce(0) { $0 + $1.sine } / count)
            let square = fits.reduce(0) { sum, fit in
                let (a, b) = (fit.cosine - means.0, fit.sine - means.1)
                return sum + a * a + b * b
            }
            cycles[index].standardError = (square / 2 / (count - 1) / count).squareRoot()
        }
        return cycles.filter { cycle in
            guard let error = cycle.standardError else { return cycle.variance > 0.05 }
            // Of two independent components the sum of squares over the variance: 13.8 in a thousandth of all cases.
            return cycle.variance * 2 > 13.8 * error * error && cycle.variance > 0.005
        }
    }
}
