import DatasetGen

/// The readings of one metric of a recording as learning looks at them: in the metric's unit, sensors brought to one level.
struct LearnedSeries {
    let recording: Recording
    let metric: Int
    /// One count in the metric's unit.
    let unit: Double
    /// How sensors differ for good.
    let levels: LearnedLevels
    /// A sample of the readings without the sensors' differences, and without what is far off, in rising order.
    let sample: [Double]
    /// The same sample with the sensors' differences.
    let whole: [Double]
    /// The part of the readings that is far off: faults.
    let oddShare: Double
    private(set) var scores: NormalScores

    /// Per sensor: what brings its readings to the level of the one in the middle.
    private let normal: [(factor: Double, shift: Double)]

    private static let sampleSize = 200_000
    /// Quarters of a distribution hardly ever reach so many times as far.
    static let reach = 6.0

    /// Nil without readings.
    init?(_ recording: Recording, metric: Int) {
        (self.recording, self.metric) = (recording, metric)
        let unit = 1 / recording.metrics[metric].resolution.countsPerUnit
        self.unit = unit
        let size = max(64, Self.sampleSize / recording.sensors.count)
        let (begin, end) = (recording.grid.start.microseconds, recording.grid.end.microseconds)
        let samples = recording.sensors.map { sensor -> LearnedLevels.Sample in
            let column = sensor.columns[metric]
            var sample = LearnedLevels.Sample()
            for tick in stride(from: 0, to: column.count, by: max(1, column.count / size)) {
                guard column[tick] != ReadingBlock.null else { continue }
                let value = Double(column[tick]) * unit
                sample.all.append(value)
                let time = sensor.grid.time(ofTick: Int64(tick)).microseconds
                if time < begin + (end - begin) / 3 { sample.first.append(value) }
                if time >= end - (end - begin) / 3 { sample.last.append(value) }
            }
            return sample
        }
        guard let levels = LearnedLevels(samples) else { return nil }
        self.levels = levels
        let normal = levels.offsets.map {
            levels.isProportional ? (factor: Elementary.exponential(-$0), shift: 0) : (factor: 1, shift: $0)
        }
        self.normal = normal
        var all: [(level: Double, raw: Double)] = []
        for (sample, normal) in zip(samples, normal) {
            all += sample.all.map { ($0 * normal.factor - normal.shift, $0) }
        }
        all.sort { $0.level < $1.level }
        let own = all.map(\.level)
        let (first, third) = (own.quantile(0.25), own.quantile(0.75))
        let width = max(third - first, recording.metrics[metric].resolution.value) * Self.reach
        let kept = all.filter { $0.level >= first - width && $0.level <= third + width }
        sample = kept.map(\.level)
        whole = kept.map(\.raw).sorted()
        oddShare = 1 - Double(kept.count) / Double(all.count)
        scores = NormalScores(sample)
    }

    /// The same with scores in proportion to the readings.
    var withLinearScores: LearnedSeries {
        var series = self
        series.scores = NormalScores(linear: sample)
        return series
    }

    /// A sensor's reading without what makes it differ from others; nil for none.
    func value(_ sensor: Int, _ tick: Int) -> Double? {
        let count = recording.sensors[sensor].columns[metric][tick]
        return count == ReadingBlock.null ? nil : Double(count) * unit * normal[sensor].factor - normal[sensor].shift
    }

    /// A sensor's reading as it is; nil for none.
    func reading(_ sensor: Int, _ tick: Int) -> Double? {
        let count = recording.sensors[sensor].columns[metric][tick]
        return count == ReadingBlock.null ? nil : Double(count) * unit
    }

    /// A sensor's score; nil for none.
    func score(_ sensor: Int, _ tick: Int) -> Double? { value(sensor, tick).map { scores.score($0) } }

    /// A sensor's score, of a reading that lies somewhere in the step that it was rounded to; nil for none.
    func spreadScore(_ sensor: Int, _ tick: Int) -> Double? {
        let bits = Self.spreading.stream(UInt64(sensor)).bits(UInt64(tick))
        let part = Double(bits >> 11) * 0x1p-53 - 0.5
        let step = recording.metrics[metric].resolution.value * normal[sensor].factor
        return value(sensor, tick).map { scores.score($0 + part * step) }
    }

    private static let spreading = RandomKey(seed: 0).derived("spread")

    /// By how much what is made of a reading differs from that of one so many readings later, by the clock as far apart as usual.
    func change(after lag: Int, _ measure: (_ sensor: Int, _ tick: Int) -> Double?) -> Double {
        RobustMoments.rootMeanSquare(changes(after: lag, measure))
    }

    /// The differences of which ``change(after:_:)`` is the typical one.
    func changes(after lag: Int, _ measure: (_ sensor: Int, _ tick: Int) -> Double?) -> [Double] {
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
        return differences
    }

    /// White noise of the instrument, in the unit, rounding aside.
    ///
    /// Noise is in the difference of any two readings; what the signal does in one interval it does four times squared in
    /// two: 2n² = (4 D₁² − D₂²)/3. Second differences see no more than that. What is regular, in the unit, is left aside.
    func noise(around regular: (_ time: Int64) -> Double) -> Double {
        func value(_ sensor: Int, _ tick: Int) -> Double? {
            self.value(sensor, tick)
                .map {
                    $0 - regular(recording.sensors[sensor].grid.time(ofTick: Int64(tick)).microseconds)
                }
        }
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
