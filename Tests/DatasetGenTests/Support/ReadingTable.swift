import DatasetGen

/// All readings of a plan by (sensor, tick), whatever their order, for comparing runs.
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

    /// Generates everything, the blocks in the order given or in rising order.
    init(_ plan: GenerationPlan, rowsPerChunk: Int64 = GenerationPlan.rowsPerBlock, blocks: [Int64]? = nil) {
        self.plan = plan
        readings = Array(repeating: nil, count: Int(plan.rows.count))
        statistics = DatasetStatistics(plan.fleet)
        var generator = BlockGenerator(plan, rowsPerChunk: rowsPerChunk)
        var block = GeneratedBlock()
        for index in blocks ?? Array(0..<plan.blockCount) {
            generator.generate(block: index, into: &block)
            add(block)
        }
    }

    subscript(sensor: Int, tick: Int64) -> Reading? {
        readings[sensor * Int(plan.rows.tickCount) + Int(tick)]
    }

    private mutating func add(_ block: GeneratedBlock) {
        events += block.events
        statistics.merge(block.statistics)
        let start = plan.recipe.grid.start.microseconds
        for row in 0..<block.readings.count {
            let position = block.readings.firstNumber - 1 + Int64(row)
            let sensor = Int(block.readings.sensors[row])
            let tick =
                plan.rows.order == .time ? position / plan.rows.sensorCount : position % plan.rows.tickCount
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
