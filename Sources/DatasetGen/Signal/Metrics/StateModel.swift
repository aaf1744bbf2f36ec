/// The model `state`: one of a few states at each instant, each for its share of the time.
///
/// Time is cut into cells. In each, every state but the commonest has one stay, in random order and at random places;
/// the commonest fills what is left. A cell is as long as the rarest state's mean stay divided by its share.
package struct StateModel: Sendable {
    let tag: MetricTag
    /// The states, in the recipe's order: a reading is an index into them.
    package let states: [String]
    /// By state, of all time.
    let shares: [Double]
    /// Index of the state that fills what the others leave.
    let commonest: Int
    /// The other states.
    let others: [Int]
    /// Microseconds.
    let cell: Int64
    /// How far stays differ from their mean, as a part of it, either way.
    let spread: Double
    let scope: MetricScope
    var grid: TickGrid

    /// States and their shares, which add up to 1; `dwell` is the rarest state's mean stay in microseconds.
    ///
    /// - Throws: ``MetricModelError`` for shares that do not add up to 1, states that stand twice and stays shorter than
    ///   the time between two readings.
    package init(
        _ name: String,
        states: [(name: String, share: Double)],
        dwell: Int64,
        scope: MetricScope = .sensor,
        grid: TickGrid
    ) throws(MetricModelError) {
        (tag, self.scope, self.grid) = (MetricTag(name), scope, grid)
        (self.states, shares) = (states.map(\.name), states.map(\.share))
        guard (2...64).contains(states.count), Set(self.states).count == states.count else {
            throw .value(name, key: "states", "expected 2 to 64 states of different names")
        }
        let longest = MetricDescription.stateLimit
        for state in self.states
        where state.isEmpty || state.utf8.count > longest || state.onOneLine != state {
            let found = state.quoted
            throw .value(name, key: "states", "\(found) is no state; expected 1 to \(longest) bytes on one line")
        }
        for (state, share) in states where !(share > 0 && share < 1) {
            throw .value(name, key: "states.\(state)", "\(share) is not between 0 and 1")
        }
        let sum = shares.reduce(0, +)
        guard abs(sum - 1) < 1e-9 else {
            throw .value(name, key: "states", "shares add up to \(sum); they have to add up to 1")
        }
        let largest = shares.max()!
        let rarest = shares.min()!
        let commonest = shares.firstIndex(of: largest)!
        self.commonest = commonest
        others = shares.indices.filter { $0 != commonest }
        guard Double(dwell) >= grid.interval.seconds * 1e6, dwell < 1 << 50 else {
            throw .value(name, key: "dwell", "a stay is at least as long as the time between two readings")
        }
        cell = Int64((Double(dwell) / rarest).rounded())
        // All stays of a cell at their longest still fit into it.
        spread = min(0.5, largest / (1 - largest))
    }
}

/// Evaluates a ``StateModel``.
package struct StateSource: MetricSource {
    private let model: StateModel
    private var prepared: Range<Int64> = 0..<0
    private var times: [Int64] = []
    /// Of one cell: where stays begin and end, in microseconds, and whose they are.
    private var stays: [(begin: Int64, end: Int64, state: Int)] = []
    private var order: [(rank: UInt64, state: Int)] = []
    private var gaps: [Double] = []

    /// A source of a model.
    package init(_ model: StateModel) { self.model = model }

    package mutating func prepare(ticks: Range<Int64>) {
        guard ticks != prepared else { return }
        prepared = ticks
        times.removeAll(keepingCapacity: true)
        model.grid.forEachTime(of: ticks) { times.append($0) }
    }

    /// Writes indices into ``StateModel/states``.
    package mutating func fill(_ sensor: MetricKeys, ticks: Range<Int64>, into column: inout [Int32]) {
        let first = Int(ticks.lowerBound - prepared.lowerBound)
        let key = sensor.key(of: model.tag, model.scope)
        // Cells of two sensors do not begin together.
        let shift = Int64(key.integer(0, below: UInt64(model.cell)))
        var (end, next) = (Int64.min, 0)
        for index in 0..<ticks.count {
            let time = times[first + index] + shift
            if time >= end {
                let cell = time.flooredQuotient(by: model.cell)
                end = (cell + 1) * model.cell
                place(key.stream(1).stream(UInt64(bitPattern: cell)), from: cell * model.cell)
                next = 0
            }
            while next < stays.count, stays[next].end <= time { next += 1 }
            let isInside = next < stays.count && stays[next].begin <= time
            column[index] = Int32(isInside ? stays[next].state : model.commonest)
        }
    }

    /// Places the stays of a cell.
    private mutating func place(_ key: RandomKey, from begin: Int64) {
        stays.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
        gaps.removeAll(keepingCapacity: true)
        for state in model.others { order.append((key.bits(UInt64(3 * state)), state)) }
        order.sort { ($0.rank, $0.state) < ($1.rank, $1.state) }
        var taken = 0.0
        for (_, state) in order {
            let length = model.shares[state] * (1 + model.spread * (2 * key.uniform(UInt64(3 * state + 1)) - 1))
            taken += length
            gaps.append(key.uniform(UInt64(3 * state + 2)))
            stays.append((0, Int64(length * Double(model.cell)), state))
        }
        // Ordered uniform numbers cut what is left into parts of equal distribution.
        gaps.sort()
        let left = max(0, 1 - taken) * Double(model.cell)
        var used: Int64 = 0
        for index in stays.indices {
            let length = stays[index].end
            stays[index].begin = begin + Int64(gaps[index] * left) + used
            stays[index].end = stays[index].begin + length
            used += length
        }
    }
}
