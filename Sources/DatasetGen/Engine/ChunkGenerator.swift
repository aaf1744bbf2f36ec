/// Computes the blocks of a plan, several at a time and in any order; the scratch memory of one worker.
public struct ChunkGenerator: Sendable {
    private let plan: GenerationPlan
    /// Per sensor, whether its readings are computed; nil for those of all.
    private let sensors: [Bool]?
    /// Readings computed at a time, which shapes the speed, never the data.
    private let rowsPerPass: Int64
    /// Per pace of the fleet.
    private var signals: [HealthySignal]
    /// Where the readings of the first sensor of a band stand from the chunk's first on, at some ticks.
    private var places: (band: Int, ticks: Range<Int64>, rows: [Int]) = (-1, 0..<0, [])
    private var overlay: AnomalyOverlay
    private var columns: [[Int32]]

    /// A generator that computes up to `rowsPerPass` readings at a time, at least 1; nil for all of a chunk.
    public init(_ plan: GenerationPlan, rowsPerPass: Int64? = nil) {
        self.init(plan, rowsPerPass: rowsPerPass, sensors: nil)
    }

    /// The same of the readings of some sensors alone: those of the others hold arbitrary values.
    package init(_ plan: GenerationPlan, rowsPerPass: Int64?, sensors: [Bool]?) {
        self.plan = plan
        self.sensors = sensors
        columns = Array(repeating: [], count: plan.recipe.schema.metrics.count)
        self.rowsPerPass = rowsPerPass ?? .max
        signals = plan.signals.indices.map { pace in
            HealthySignal(plan.signals[pace], sensorCount: plan.rows.sensorCount(ofPace: pace))
        }
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
        for pace in signals.indices {
            let common = plan.rows.commonTicks(of: positions, pace: pace)
            if common?.isEmpty == true { continue }
            if let common { signals[pace].prepare(ticks: common) }
            places.band = -1
            plan.rows.forEachRun(in: positions, pace: pace) { index, ticks in
                guard !ticks.isEmpty, sensors?[index] ?? true else { return }
                if common == nil { signals[pace].prepare(ticks: ticks) }
                let target = placement(ofSensor: index, ticks: ticks, common: common, from: chunk.positions.lowerBound)
                evaluate(plan.fleet.sensors[index].core, pace: pace, ticks: ticks, target, into: &chunk)
            }
        }
    }

    /// Where the readings of a sensor stand from the chunk's first on; `common` are the ticks of all sensors of its pace.
    private mutating func placement(
        ofSensor index: Int,
        ticks: Range<Int64>,
        common: Range<Int64>?,
        from start: Int64
    ) -> BlockPlacement {
        let rows = plan.rows
        if let stride = rows.stride ?? (ticks.count == 1 ? 1 : nil) {
            let first = rows.position(ofSensor: index, tick: ticks.lowerBound) - start
            return BlockPlacement(first: Int(first), stride: Int(stride), count: ticks.count)
        }
        let all = common ?? ticks
        let band = rows.firstSensor(ofBandWith: index)
        if places.band != band || places.ticks != all {
            places = (band, all, all.map { Int(rows.position(ofSensor: band, tick: $0) - start) })
        }
        let first = Int(ticks.lowerBound - all.lowerBound)
        return BlockPlacement(behind: places.rows, at: first..<first + ticks.count, by: index - band)
    }

    /// Computes the readings of one sensor and puts them in their places.
    private mutating func evaluate(
        _ sensor: SensorCore,
        pace: Int,
        ticks: Range<Int64>,
        _ target: BlockPlacement,
        into chunk: inout GeneratedChunk
    ) {
        if columns[0].count < ticks.count {
            for metric in columns.indices { columns[metric].resize(to: ticks.count, filler: 0) }
        }
        signals[pace].fill(sensor, ticks: ticks, into: &columns)
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
            signal: &signals[pace],
            onEvent: { makeEvent in
                let event = makeEvent()
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
