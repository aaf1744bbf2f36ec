/// Computes the blocks of a plan, several at a time and in any order; the scratch memory of one worker.
public struct ChunkGenerator: Sendable {
    private let plan: GenerationPlan
    /// Readings computed at a time, which shapes the speed, never the data.
    private let rowsPerPass: Int64
    private var signal: HealthySignal
    private var overlay: AnomalyOverlay
    private var columns: [[Int32]]

    /// A generator that computes up to `rowsPerPass` readings at a time, at least 1; nil for all of a chunk.
    public init(_ plan: GenerationPlan, rowsPerPass: Int64? = nil) {
        self.plan = plan
        columns = Array(repeating: [], count: plan.recipe.schema.metrics.count)
        self.rowsPerPass = rowsPerPass ?? .max
        signal = HealthySignal(plan.signal, sensorCount: plan.fleet.sensors.count)
        overlay = AnomalyOverlay(plan.anomalies, sensorCount: plan.fleet.sensors.count)
    }

    /// Computes consecutive blocks into `chunk`, whose storage is reused.
    public mutating func generate(blocks: Range<Int64>, into chunk: inout GeneratedChunk) {
        chunk.reset(plan, blocks: blocks)
        var begin = chunk.positions.lowerBound
        let end = chunk.positions.upperBound
        while begin < end {
            let next = end - begin > rowsPerPass ? begin + rowsPerPass : end
            generate(begin..<next, into: &chunk)
            begin = next
        }
        chunk.sortEvents()
    }

    private mutating func generate(_ positions: Range<Int64>, into chunk: inout GeneratedChunk) {
        let common = plan.rows.commonTicks(of: positions)
        if let common { signal.prepare(ticks: common) }
        plan.rows.forEachRun(in: positions) { index, ticks in
            guard !ticks.isEmpty else { return }
            if common == nil { signal.prepare(ticks: ticks) }
            let first = plan.rows.position(ofSensor: index, tick: ticks.lowerBound) - chunk.positions.lowerBound
            let target = BlockPlacement(first: Int(first), stride: Int(plan.rows.stride), count: ticks.count)
            evaluate(plan.fleet.sensors[index].core, ticks: ticks, target, into: &chunk)
        }
    }

    /// Computes the readings of one sensor and puts them in their places.
    private mutating func evaluate(
        _ sensor: SensorCore,
        ticks: Range<Int64>,
        _ target: BlockPlacement,
        into chunk: inout GeneratedChunk
    ) {
        if columns[0].count < ticks.count {
            for metric in columns.indices { columns[metric].resize(to: ticks.count, filler: 0) }
        }
        signal.fill(sensor, ticks: ticks, into: &columns)
        for metric in chunk.clean.indices {
            // Looked at in place, here and below: a copy of the list would count references for each call.
            let columns = columns.span
            target.scatter(columns[metric].span, into: &chunk.clean[metric])
        }
        let rows = plan.rows
        overlay.apply(
            to: &columns,
            sensor: sensor,
            ticks: ticks,
            signal: &signal,
            onEvent: { event in
                chunk.append(event, at: rows.position(ofSensor: event.sensor, tick: event.ticks.lowerBound))
            }
        )
        for metric in columns.indices {
            let columns = columns.span
            target.scatter(columns[metric].span, into: &chunk.metrics[metric])
        }
        target.fill(&chunk.labels, with: Label.normal.rawValue)
        var normal = 0
        for span in overlay.spans {
            let range = Int(span.ticks.lowerBound - ticks.lowerBound)..<Int(span.ticks.upperBound - ticks.lowerBound)
            target.part(range).fill(&chunk.labels, with: span.label.rawValue)
            chunk.statistics.add(columns, normal..<range.lowerBound, label: .normal, sensor: sensor)
            chunk.statistics.add(columns, range, label: span.label, sensor: sensor)
            normal = range.upperBound
        }
        chunk.statistics.add(columns, normal..<ticks.count, label: .normal, sensor: sensor)
    }
}
