import DatasetGen

/// The red noise that what is left of a metric's scores is most like.
struct LearnedWander {
    /// Microseconds of its longest octave.
    let period: Int64
    /// The root of the mean square by which its correlations differ from those of the scores.
    let error: Double

    /// Fits the period to how the scores of a series part in time, their cycles aside.
    ///
    /// - Parameters:
    ///   - series: the readings.
    ///   - cycles: their cycles.
    ///   - variance: that of the scores without cycles and noise.
    ///   - noise: the standard deviation of the noise, in scores.
    init(_ series: LearnedSeries, _ cycles: [LearnedCycle], variance: Double, noise: Double) {
        let interval = Int64((series.recording.grid.interval.seconds * 1e6).rounded())
        let longest = Int(series.recording.sensors.map(\.grid.tickCount).max() ?? 1) / 4
        var correlations: [(lag: Int64, value: Double)] = []
        var lag = 1
        while lag <= max(1, longest), correlations.count < 40 {
            let change = series.change(after: lag) { sensor, tick in
                series.score(sensor, tick)
                    .map { score in
                        let time = series.recording.sensors[sensor].grid.time(ofTick: Int64(tick)).microseconds
                        return score - cycles.reduce(0) { $0 + $1.value(at: time) }
                    }
            }
            let left = max(0, change * change / 2 - noise * noise)
            let value = variance > 0 ? 1 - left / variance : 0
            correlations.append((Int64(lag) * interval, max(-0.2, value)))
            if value < 0.02 { break }
            lag = max(lag + 1, lag * 3 / 2)
        }
        var best = (period: interval, error: Double.infinity)
        var period = Double(max(interval, 1_000_000))
        let most = Double(max(1, longest)) * Double(interval) * 8
        // Once at least: the shortest period that a recipe can state may be longer than the recording.
        repeat {
            let candidate = Int64(period)
            let square = correlations.reduce(0) { sum, point in
                let difference = RedNoise.correlation(period: candidate, lag: point.lag) - point.value
                return sum + difference * difference
            }
            let error = (square / Double(max(1, correlations.count))).squareRoot()
            if error < best.error { best = (candidate, error) }
            period *= 1.06
        } while period <= most
        self.period = max(1_000_000, best.period)
        error = best.error
    }
}
