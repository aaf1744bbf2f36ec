/// Computes the blocks of a plan, in any order; the scratch memory of one worker.
public struct BlockGenerator {
    private let plan: GenerationPlan
    /// Readings computed at a time, which shapes the speed, never the data.
    private let rowsPerChunk: Int64
    private var signal: HealthySignal
    private var overlay: AnomalyOverlay
    private var columns: [[Int32]] = Array(repeating: [], count: Metric.count)

    /// A generator that computes `rowsPerChunk` readings at a time, at least 1.
    public init(_ plan: GenerationPlan, rowsPerChunk: Int64 = GenerationPlan.rowsPerBlock) {
        self.plan = plan
        self.rowsPerChunk = rowsPerChunk
        signal = HealthySignal(plan.signal, sensorCount: plan.fleet.sensors.count)
        overlay = AnomalyOverlay(plan.anomalies, sensorCount: plan.fleet.sensors.count)
    }

    /// Computes one block into `block`, whose storage is reused.
    public mutating func generate(block index: Int64, into block: inout GeneratedBlock) {
        let positions = plan.positions(ofBlock: index)
        block.readings.reset(
            firstNumber: positions.lowerBound + 1,
            count: positions.count,
            includesCleanTwin: plan.recipe.includesCleanTwin
        )
        block.events.removeAll(keepingCapacity: true)
        block.statistics.reset(plan.fleet)
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
            let sensor = plan.fleet.cores[index]
            let timeOffset = Int(ticks.lowerBound - (common ?? ticks).lowerBound)
            let first = Int(plan.rows.position(ofSensor: index, tick: ticks.lowerBound) - blockStart)
            let target = BlockPlacement(first: first, stride: Int(plan.rows.stride), count: ticks.count)
            evaluate(sensor, ticks: ticks, target, into: &block)
            target.scatter(signal.times.span, from: timeOffset, into: &block.readings.times)
            target.fill(&block.readings.sensors, with: Int32(truncatingIfNeeded: index))
        }
    }

    /// Computes the readings of one sensor and puts them in their places.
    private mutating func evaluate(
        _ sensor: SensorCore,
        ticks: Range<Int64>,
        _ target: BlockPlacement,
        into block: inout GeneratedBlock
    ) {
        if columns[0].count < ticks.count {
            for metric in columns.indices { columns[metric].resize(to: ticks.count, filler: 0) }
        }
        signal.fill(sensor, ticks: ticks, into: &columns)
        for metric in block.readings.clean.indices {
            // Looked at in place, here and below: a copy of the list would count references for each call.
            let columns = columns.span
            target.scatter(columns[metric].span, into: &block.readings.clean[metric])
        }
        overlay.apply(
            to: &columns,
            sensor: sensor,
            ticks: ticks,
            signal: &signal,
            onEvent: { block.events.append($0) }
        )
        for metric in columns.indices {
            let columns = columns.span
            target.scatter(columns[metric].span, into: &block.readings.metrics[metric])
        }
        target.fill(&block.readings.labels, with: Label.normal.rawValue)
        var normal = 0
        for span in overlay.spans {
            let range = Int(span.ticks.lowerBound - ticks.lowerBound)..<Int(span.ticks.upperBound - ticks.lowerBound)
            target.part(range).fill(&block.readings.labels, with: span.label.rawValue)
            block.statistics.add(columns, normal..<range.lowerBound, label: .normal, sensor: sensor)
            block.statistics.add(columns, range, label: span.label, sensor: sensor)
            normal = range.upperBound
        }
        block.statistics.add(columns, normal..<ticks.count, label: .normal, sensor: sensor)
    }
}
