import DatasetGen

/// Walks a plan in the order of time: the same blocks as a batch run, released row by row.
///
/// Any position can be the first one, since no block needs the ones before it: that is how a run resumes, and why readings
/// that cannot be written yet take no memory.
struct LiveCursor {
    let plan: GenerationPlan
    /// The position of the next reading, from 0; omitted ones count.
    private(set) var position: Int64
    private var generator: BlockGenerator
    private var block = GeneratedBlock()
    private var blockIndex: Int64 = -1

    /// A cursor in front of a position.
    init(_ plan: GenerationPlan, position: Int64) {
        precondition(plan.rows.order == .time, "a live run goes by time")
        self.plan = plan
        self.position = position
        generator = BlockGenerator(plan)
    }

    /// The position behind the last reading of the plan.
    var end: Int64 { plan.rows.count }

    /// The instant of the next reading, by its number in the recipe's grid.
    var instant: Int64 { plan.rows.instant(at: position) }

    /// Whether the next reading is the first one of its instant.
    var isAtBoundary: Bool { plan.rows.readingCount(before: instant) == position }

    /// The position of the first reading that is not due at a simulated instant.
    func dueEnd(at instant: SimulatedTime) -> Int64 { Self.dueEnd(in: plan, at: instant) }

    /// The position of the first reading of a plan that is not due at a simulated instant.
    static func dueEnd(in plan: GenerationPlan, at instant: SimulatedTime) -> Int64 {
        let grid = plan.recipe.grid
        let offset = instant.microseconds - grid.start.microseconds
        guard offset >= 0 else { return 0 }
        // Tick n lies at ⌊n · interval⌋, so those up to the offset are those below the first tick past it.
        return plan.rows.readingCount(before: min(grid.firstTick(atOffset: offset + 1), grid.tickCount))
    }

    /// Generates the block of the next reading, unless it is there, so that it is at hand when its time comes.
    mutating func prepare() {
        let index = position / GenerationPlan.rowsPerBlock
        guard position < end, index != blockIndex else { return }
        generator.generate(block: index, into: &block)
        blockIndex = index
    }

    /// Hands out the readings from the cursor up to `limit`, as rows of one block or several, without moving the cursor.
    mutating func read(upTo limit: Int64, _ body: (ReadingBlock, Range<Int>) throws -> Void) rethrows {
        let start = position
        defer { position = start }
        while position < limit {
            prepare()
            let first = blockIndex * GenerationPlan.rowsPerBlock
            let rows = Int(position - first)..<Int(min(limit - first, Int64(block.readings.count)))
            try body(block.readings, rows)
            position = first + Int64(rows.upperBound)
        }
    }

    /// Moves the cursor.
    mutating func move(to position: Int64) {
        self.position = position
    }
}
