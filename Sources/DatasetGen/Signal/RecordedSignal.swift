/// The metrics of a recipe that a recording has, each with its column.
struct RecordedSignal: Sendable {
    /// A metric of the recording as a recipe replays it.
    private struct Replay: Sendable {
        /// The column of the dataset.
        var column: Int
        /// The recording's metric.
        var metric: Int
        var noise: ReplayNoise?
    }

    let recording: Recording
    private let replays: [Replay]

    /// The signal of a recipe; nil without a recording.
    init?(_ recipe: Recipe) {
        guard let recording = recipe.recording else { return nil }
        self.recording = recording
        replays = recipe.schema.metrics.compactMap { description in
            guard description.model == .replay,
                let metric = recording.metrics.firstIndex(where: { $0.name == description.name })
            else { return nil }
            let declared = recipe.metrics?[description.index]
            return Replay(column: description.index, metric: metric, noise: declared.flatMap { ReplayNoise($0) })
        }
    }

    /// Writes a sensor's readings at some ticks, from index 0 on.
    func fill(_ sensor: SensorCore, ticks: Range<Int64>, into columns: inout [[Int32]]) {
        for replay in replays {
            copy(replay.metric, of: sensor.index, ticks: ticks, into: &columns[replay.column])
            replay.noise?.add(to: &columns[replay.column], of: sensor, ticks: ticks)
        }
    }

    private func copy(_ metric: Int, of sensor: Int, ticks: Range<Int64>, into column: inout [Int32]) {
        let readings = recording.sensors[sensor].columns[metric]
        let source = readings.span
        var target = column.mutableSpan
        var index = 0
        while index < ticks.count {
            // As far as readings of a round follow one another; a reading stands for all before the first, and behind the last.
            let tick = ticks.lowerBound + Int64(index)
            let place = recording.place(ofTick: tick, sensor: sensor)
            let isInside = recording.ticks(ofSensor: sensor).contains(tick)
            let end = min(ticks.count, isInside ? index + source.count - place : index + 1)
            for offset in 0..<end - index { target[index + offset] = source[place + offset] }
            index = end
        }
    }
}

/// White noise that a recipe adds to a metric of a recording.
struct ReplayNoise: Sendable {
    /// Its standard deviation in steps.
    private let deviation: Double
    private let tag: MetricTag
    private let step: Double
    /// In steps, what lies within the metric's limits.
    private let limits: ClosedRange<Double>

    /// The noise of a metric; nil for none.
    init?(_ metric: MetricDeclaration) {
        let noise = metric.addedNoise
        guard noise > 0 else { return nil }
        let (description, resolution) = (metric.description, metric.description.resolution ?? .hundredth)
        tag = MetricTag(description.name)
        step = Double(resolution.step)
        deviation = noise / resolution.value
        let (low, high) = (description.limits.lowerBound, description.limits.upperBound)
        let inUnits = resolution.countsPerUnit / step
        limits = Resolution.wholeSteps(within: low * inUnits...high * inUnits)
    }

    /// Adds it to a sensor's counts at some ticks, from index 0 on; what is NULL stays so.
    func add(to column: inout [Int32], of sensor: SensorCore, ticks: Range<Int64>) {
        let key = sensor.key.stream(tag.bits).stream(0x1_0000)
        var counts = column.mutableSpan
        for index in 0..<ticks.count where counts[index] != ReadingBlock.null {
            let deviate = BoundedNormal.four(key, ticks.lowerBound + Int64(index))[0]
            let steps = (Double(counts[index]) / step + deviation * deviate).rounded(.toNearestOrEven)
            counts[index] = Int32(min(max(steps, limits.lowerBound), limits.upperBound) * step)
        }
    }
}
