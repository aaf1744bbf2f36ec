import DatasetGen

/// The readings of one metric of a recording as learning looks at them: in the metric's unit, sensors brought to one level.
struct LearnedSeries {
    let recording: Recording
    let metric: Int
    /// One count in the metric's unit.
    let unit: Double
    /// Per sensor: how far its readings lie above those of all.
    let offsets: [Double]
    /// A sample of the readings without the sensors' differences, and without what is far off, in rising order.
    let sample: [Double]
    /// The part of the readings that is far off: faults.
    let oddShare: Double
    let scores: NormalScores

    private static let sampleSize = 200_000
    /// Quarters of a distribution hardly ever reach so many times as far.
    private static let reach = 6.0

    /// Nil without readings.
    init?(_ recording: Recording, metric: Int) {
        (self.recording, self.metric) = (recording, metric)
        let unit = 1 / recording.metrics[metric].resolution.countsPerUnit
        self.unit = unit
        let size = max(64, Self.sampleSize / recording.sensors.count)
        let samples = recording.sensors.map { sensor -> [Double] in
            let column = sensor.columns[metric]
            let step = max(1, column.count / size)
            return stride(from: 0, to: column.count, by: step)
                .compactMap { column[$0] == ReadingBlock.null ? nil : Double(column[$0]) * unit }
        }
        let medians = samples.map { $0.isEmpty ? nil : RobustMoments.quantile($0.sorted(), 0.5) }
        let known = medians.compactMap { $0 }.sorted()
        guard !known.isEmpty else { return nil }
        let middle = RobustMoments.quantile(known, 0.5)
        let offsets = medians.map { ($0 ?? middle) - middle }
        self.offsets = offsets
        var all: [Double] = []
        for (sample, offset) in zip(samples, offsets) { all += sample.map { $0 - offset } }
        all.sort()
        let (first, third) = (RobustMoments.quantile(all, 0.25), RobustMoments.quantile(all, 0.75))
        let width = max(third - first, recording.metrics[metric].resolution.value) * Self.reach
        let kept = all.filter { $0 >= first - width && $0 <= third + width }
        sample = kept
        oddShare = 1 - Double(kept.count) / Double(all.count)
        scores = NormalScores(kept)
    }

    /// A sensor's reading without what makes it differ from others; nil for none.
    func value(_ sensor: Int, _ tick: Int) -> Double? {
        let count = recording.sensors[sensor].columns[metric][tick]
        return count == ReadingBlock.null ? nil : Double(count) * unit - offsets[sensor]
    }

    /// A sensor's score; nil for none.
    func score(_ sensor: Int, _ tick: Int) -> Double? { value(sensor, tick).map { scores.score($0) } }

    /// By how much what is made of a reading differs from that of one so many readings later, by the clock as far apart as usual.
    func change(after lag: Int, _ measure: (_ sensor: Int, _ tick: Int) -> Double?) -> Double {
        var differences: [Double] = []
        let most = max(32, 65_536 / recording.sensors.count)
        let wanted = Double(lag) * recording.grid.interval.seconds * 1e6
        for (sensor, readings) in recording.sensors.enumerated() {
            let count = Int(readings.grid.tickCount) - lag
            guard count > 0 else { continue }
            let size = min(count, most)
            for number in 0..<size {
                let tick = number * count / size
                let begin = readings.grid.time(ofTick: Int64(tick)).microseconds
                let end = readings.grid.time(ofTick: Int64(tick + lag)).microseconds
                guard abs(Double(end - begin) - wanted) <= 0.1 * wanted, let one = measure(sensor, tick),
                    let other = measure(sensor, tick + lag)
                else { continue }
                differences.append(other - one)
            }
        }
        return RobustMoments.rootMeanSquare(differences)
    }

    /// White noise of the instrument, in the unit, rounding aside.
    ///
    /// Noise is in the difference of any two readings; what the signal does in one interval it does four times squared in
    /// two: 2n² = (4 D₁² − D₂²)/3. Second differences see no more than that.
    var noise: Double {
        let (one, two) = (change(after: 1) { value($0, $1) }, change(after: 2) { value($0, $1) })
        var second: [Double] = []
        let most = max(32, 65_536 / recording.sensors.count)
        for (sensor, readings) in recording.sensors.enumerated() {
            let count = Int(readings.grid.tickCount) - 2
            guard count > 0 else { continue }
            let size = min(count, most)
            for number in 0..<size {
                let tick = number * count / size
                guard let a = value(sensor, tick), let b = value(sensor, tick + 1), let c = value(sensor, tick + 2)
                else { continue }
                second.append(a - 2 * b + c)
            }
        }
        let bySecond = RobustMoments.rootMeanSquare(second)
        let byFirst = max(0, (4 * one * one - two * two) / 3) / 2
        let step = recording.metrics[metric].resolution.value
        return max(0, min(byFirst, bySecond * bySecond / 6) - step * step / 12).squareRoot()
    }
}
