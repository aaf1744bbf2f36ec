import DatasetGen

/// All readings of a plan by (sensor, its tick), whatever their order, for comparing runs.
struct ReadingTable {
    struct Reading: Hashable {
        var time: Int64
        var metrics: [Int32]
        /// The healthy twin, where the dataset holds it.
        var clean: [Int32] = []
        var label: Label
    }

    let plan: GenerationPlan
    private(set) var readings: [Reading?]
    private(set) var events: [AnomalyEvent] = []
    private(set) var statistics: DatasetStatistics

    /// Generates everything, single blocks in the order given.
    init(_ plan: GenerationPlan, blocks: [Int64]) {
        self.init(empty: plan)
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        for index in blocks {
            generator.generate(block: index, into: &block)
            add(block)
            statistics.merge(block.statistics)
        }
    }

    /// Generates everything, some blocks at a time.
    init(_ plan: GenerationPlan, blocksPerChunk: Int64? = nil, rowsPerPass: Int64? = nil) {
        self.init(empty: plan)
        var generator = ChunkGenerator(plan, rowsPerPass: rowsPerPass)
        var chunk = GeneratedChunk()
        var block = GeneratedBlock()
        var next: Int64 = 0
        while next < plan.blockCount {
            let end = min(next + (blocksPerChunk ?? plan.blocksPerChunk), plan.blockCount)
            generator.generate(blocks: next..<end, into: &chunk)
            statistics.merge(chunk.statistics)
            for index in chunk.blocks {
                chunk.copy(block: index, of: plan, into: &block)
                add(block)
            }
            next = end
        }
    }

    private init(empty plan: GenerationPlan) {
        self.plan = plan
        readings = Array(repeating: nil, count: Int(plan.rows.sensorCount * plan.rows.tickCount))
        statistics = DatasetStatistics(plan.fleet)
    }

    subscript(sensor: Int, tick: Int64) -> Reading? {
        readings[sensor * Int(plan.rows.tickCount) + Int(tick)]
    }

    private mutating func add(_ block: GeneratedBlock) {
        events += block.events
        let start = plan.recipe.grid.start.microseconds
        for row in 0..<block.readings.count {
            let position = block.readings.firstNumber - 1 + Int64(row)
            let sensor = Int(block.readings.sensors[row])
            let tick = plan.rows.reading(at: position).tick
            precondition(block.readings.times[row] >= start)
            readings[sensor * Int(plan.rows.tickCount) + Int(tick)] = Reading(
                time: block.readings.times[row],
                metrics: block.readings.metrics.map { $0[row] },
                clean: block.readings.clean.map { $0[row] },
                label: block.readings.label(ofRow: row)
            )
        }
    }
}
