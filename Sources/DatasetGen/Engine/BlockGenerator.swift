/// One block of a dataset: its readings, the events that begin in it, and its share of the statistics.
public struct GeneratedBlock: Sendable {
    /// The readings.
    public internal(set) var readings = ReadingBlock()
    /// The events whose first reading lies in the block, by the position of that reading.
    public internal(set) var events: [AnomalyEvent] = []
    /// Counts and moments of the readings.
    public internal(set) var statistics = DatasetStatistics(profileCount: 0)

    /// An empty block, to be filled by ``BlockGenerator``.
    public init() {}
}

/// Computes the blocks of a plan, in any order; the scratch memory of one worker.
public struct BlockGenerator {
    private let plan: GenerationPlan
    /// Readings computed at a time, which shapes the speed, never the data.
    private let rowsPerChunk: Int64
    private var signal: HealthySignal
    private var columns: [[Int32]] = Array(repeating: [], count: Metric.count)
    private var labels: [UInt8] = []

    /// A generator that computes `rowsPerChunk` readings at a time, at least 1.
    public init(_ plan: GenerationPlan, rowsPerChunk: Int64 = GenerationPlan.rowsPerBlock) {
        self.plan = plan
        self.rowsPerChunk = rowsPerChunk
        signal = HealthySignal(plan.signal)
    }

    /// Computes one block into `block`, whose storage is reused.
    public mutating func generate(block index: Int64, into block: inout GeneratedBlock) {
        let positions = plan.positions(ofBlock: index)
        block.readings.reset(firstNumber: positions.lowerBound + 1, count: positions.count)
        block.events.removeAll(keepingCapacity: true)
        block.statistics.reset(profileCount: plan.fleet.profiles.count)
        var begin = positions.lowerBound
        while begin < positions.upperBound {
            let end = min(begin + rowsPerChunk, positions.upperBound)
            generate(begin..<end, blockStart: positions.lowerBound, into: &block)
            begin = end
        }
        let rows = plan.rows
        block.events.sort {
            rows.position(ofSensor: $0.sensor, tick: $0.ticks.lowerBound)
                < rows.position(ofSensor: $1.sensor, tick: $1.ticks.lowerBound)
        }
    }

    private mutating func generate(_ positions: Range<Int64>, blockStart: Int64, into block: inout GeneratedBlock) {
        let common = plan.rows.commonTicks(of: positions)
        if let common { signal.prepare(ticks: common) }
        plan.rows.forEachRun(in: positions) { index, ticks in
            guard !ticks.isEmpty else { return }
            if common == nil { signal.prepare(ticks: ticks) }
            let sensor = plan.fleet.sensors[index]
            let timeOffset = Int(ticks.lowerBound - (common ?? ticks).lowerBound)
            evaluate(sensor, ticks: ticks, into: &block)
            scatter(sensor, ticks: ticks, timeOffset: timeOffset, blockStart: blockStart, into: &block.readings)
        }
    }

    /// Computes the readings of one sensor into the scratch columns.
    private mutating func evaluate(_ sensor: Sensor, ticks: Range<Int64>, into block: inout GeneratedBlock) {
        if labels.count < ticks.count {
            labels.resize(to: ticks.count, filler: 0)
            for metric in columns.indices { columns[metric].resize(to: ticks.count, filler: 0) }
        }
        signal.fill(sensor, ticks: ticks, into: &columns)
        let isAnomalous = plan.anomalies.apply(
            to: &columns,
            labels: &labels,
            sensor: sensor,
            ticks: ticks,
            onEvent: { block.events.append($0) }
        )
        block.statistics.add(
            columns,
            labels: isAnomalous ? labels : nil,
            count: ticks.count,
            profile: sensor.profile
        )
    }

    /// Copies the scratch columns to their places in the block.
    private func scatter(
        _ sensor: Sensor,
        ticks: Range<Int64>,
        timeOffset: Int,
        blockStart: Int64,
        into readings: inout ReadingBlock
    ) {
        let first = Int(plan.rows.position(ofSensor: sensor.index, tick: ticks.lowerBound) - blockStart)
        let stride = Int(plan.rows.stride)
        let count = ticks.count
        Self.scatter(labels, 0, into: &readings.labels, from: first, stride: stride, count: count)
        Self.scatter(signal.times, timeOffset, into: &readings.times, from: first, stride: stride, count: count)
        for metric in columns.indices {
            Self.scatter(
                columns[metric],
                0,
                into: &readings.metrics[metric],
                from: first,
                stride: stride,
                count: count
            )
        }
        var sensors = readings.sensors.mutableSpan
        var target = first
        for _ in 0..<count {
            sensors[target] = Int32(truncatingIfNeeded: sensor.index)
            target += stride
        }
    }

    @inline(__always)
    private static func scatter<Element>(
        _ source: [Element],
        _ begin: Int,
        into column: inout [Element],
        from first: Int,
        stride: Int,
        count: Int
    ) {
        let sources = source.span
        var targets = column.mutableSpan
        var target = first
        for index in begin..<begin + count {
            targets[target] = sources[index]
            target += stride
        }
    }
}
