/// Readings on their way, each until the first reading at its arrival or behind that is taken.
///
/// It is given readings in their order. Memory: what is on its way.
package struct ArrivalQueue: Sendable {
    private let plan: GenerationPlan
    private var arrivals: Arrivals
    /// What waits, by the stretch of positions with which it is handed over.
    private var waiting: [Int64: [ReadingSlice]] = [:]

    /// Positions of a stretch.
    private static let stretch: Int64 = 1_024
    /// Parts of a stretch that are made one, as each takes memory of its own.
    private static let partLimit = 16

    /// For readings of a plan.
    package init(_ plan: GenerationPlan) {
        self.plan = plan
        arrivals = Arrivals(plan)
    }

    /// The first reading that may be handed over with that of a position, or behind it.
    package static func firstReading(arrivingFrom position: Int64, of plan: GenerationPlan) -> Int64 {
        guard position > 0 else { return 0 }
        let grid = plan.recipe.grid
        let offset = plan.time(at: position - 1).microseconds - grid.start.microseconds - plan.recipe.greatestDelay
        guard offset > 0 else { return 0 }
        return plan.rows.readingCount(before: min(grid.firstTick(atOffset: offset), grid.tickCount))
    }

    /// Takes readings; what would have been handed over before a position is none of them.
    package mutating func send(_ readings: ReadingSlice, arrivingFrom first: Int64 = 0) {
        let rows = arrivals.arriving(of: readings)
        var parts: [Int64: [Int]] = [:]
        for index in 0..<rows.count {
            let position = position(of: index, in: rows)
            if position >= first { parts[position / Self.stretch, default: []].append(index) }
        }
        for (stretch, indices) in parts {
            var slices = waiting.removeValue(forKey: stretch) ?? []
            slices.append(rows.selecting(indices))
            if slices.count == Self.partLimit { slices = [ReadingSlice(arriving: slices, firstNumber: 1)] }
            waiting[stretch] = slices
        }
    }

    /// Hands over what belongs to the readings before a position, by the times of arrival, and of one time by number.
    package mutating func take(before end: Int64) -> ReadingSlice {
        var due: [ReadingSlice] = []
        for stretch in waiting.keys.filter({ $0 * Self.stretch < end }) {
            var rest: [ReadingSlice] = []
            for slice in waiting.removeValue(forKey: stretch) ?? [] {
                let isDue = (0..<slice.count).map { position(of: $0, in: slice) < end }
                due.append(slice.selecting(isDue.indices.filter { isDue[$0] }))
                if isDue.contains(false) { rest.append(slice.selecting(isDue.indices.filter { !isDue[$0] })) }
            }
            if !rest.isEmpty { waiting[stretch] = rest }
        }
        return ReadingSlice(arriving: due, firstNumber: 1)
    }

    /// The position of the reading with which one of some rows is handed over, never one before its own.
    private func position(of index: Int, in rows: ReadingSlice) -> Int64 {
        let grid = plan.recipe.grid
        let tick = grid.firstTick(atOffset: rows.arrival(of: index) - grid.start.microseconds)
        return max(rows.number(of: index) - 1, plan.rows.readingCount(before: min(tick, grid.tickCount)))
    }
}
