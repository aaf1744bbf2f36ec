/// Some of a plan's readings: those of some sensors, taken at some times.
///
/// ```swift
/// let selection = ReadingSelection(of: plan, sensors: [3], from: start, to: end)
/// selection.blocks   // all that have to be computed
/// ```
///
/// The readings are those of the whole dataset, with their numbers: a selection changes none of them.
public struct ReadingSelection: Sendable {
    /// Which blocks have selected readings, in rising order; ranges neither overlap nor touch.
    public private(set) var blocks: [Range<Int64>]
    /// How many readings are selected, omitted ones included; of a part of them, about.
    public private(set) var readingCount: Int64
    /// Per sensor, whether its readings are selected; nil for those of all.
    package let sensors: [Bool]?
    /// Microseconds since 1970 at which selected readings are taken.
    private let times: Range<Int64>
    /// In the order of time the positions of the readings at these times; nil in other orders.
    private let positions: Range<Int64>?
    /// Blocks in which there are about as many selected readings as in a whole one, at most those of a chunk.
    package let blocksPerUnit: Int64

    /// The readings of some sensors at some times.
    ///
    /// - Parameters:
    ///   - plan: what they are readings of.
    ///   - sensors: the indices of the sensors in the fleet; nil for all.
    ///   - from: the first instant; nil for the dataset's.
    ///   - to: the instant behind the last; nil for the dataset's.
    public init(
        of plan: GenerationPlan,
        sensors: [Int]? = nil,
        from: SimulatedTime? = nil,
        to: SimulatedTime? = nil
    ) {
        let (grid, rows) = (plan.recipe.grid, plan.rows)
        let start = min(max(from ?? grid.start, grid.start), grid.end)
        let end = max(start, min(to ?? grid.end, grid.end))
        times = start.microseconds..<end.microseconds
        let instants =
            min(
                grid.tickCount,
                grid.firstTick(atOffset: start.microseconds - grid.start.microseconds)
            )..<min(grid.tickCount, grid.firstTick(atOffset: end.microseconds - grid.start.microseconds))
        var wanted: [Bool]?
        if let sensors {
            var flags = [Bool](repeating: false, count: plan.fleet.sensors.count)
            for index in sensors { flags[index] = true }
            wanted = flags
        }
        self.sensors = wanted
        if rows.window == 1 {
            let range = rows.positions(of: instants)
            positions = range
            blocks = wanted?.contains(true) == false ? [] : Self.blocks(of: [range])
        } else {
            positions = nil
            let chosen = wanted.map { wanted in wanted.indices.filter { wanted[$0] } }
            blocks = Self.blocks(of: rows.positions(ofSensors: chosen, instants: instants))
        }
        readingCount = plan.fleet.sensors.indices.reduce(0) { count, sensor in
            guard wanted?[sensor] ?? true else { return count }
            return count + Int64(rows.ticks(ofSensor: sensor, at: instants).count)
        }
        let count = sensors.map { Set($0).count } ?? plan.fleet.sensors.count
        blocksPerUnit =
            rows.window > 1
            ? 1 : max(1, min(plan.blocksPerChunk, Int64(plan.fleet.sensors.count / max(1, count))))
    }

    /// One of so many parts of the selected readings, by blocks: one behind the other they are all of them.
    public func part(_ shard: Shard) -> ReadingSelection {
        let count = blocks.reduce(0) { $0 + Int64($1.count) }
        let wanted = shard.part(of: count)
        var part = self
        part.blocks = []
        var before: Int64 = 0
        for range in blocks {
            let offset = range.lowerBound - before
            let own = (wanted.lowerBound + offset..<wanted.upperBound + offset).clamped(to: range)
            if !own.isEmpty { part.blocks.append(own) }
            before += Int64(range.count)
        }
        part.readingCount = count == 0 ? 0 : Int64(Double(readingCount) * Double(wanted.count) / Double(count))
        return part
    }

    /// The blocks of ranges of positions in rising order.
    private static func blocks(of ranges: some Sequence<Range<Int64>>) -> [Range<Int64>] {
        var blocks: [Range<Int64>] = []
        for range in ranges where !range.isEmpty {
            let first = range.lowerBound / GenerationPlan.rowsPerBlock
            let end = (range.upperBound - 1) / GenerationPlan.rowsPerBlock + 1
            if let last = blocks.last, first <= last.upperBound {
                blocks[blocks.count - 1] = last.lowerBound..<max(last.upperBound, end)
            } else {
                blocks.append(first..<end)
            }
        }
        return blocks
    }

    /// Those of some positions between which all selected readings lie.
    package func clamp(_ range: Range<Int64>) -> Range<Int64> { positions.map { range.clamped(to: $0) } ?? range }

    /// The selected ones of some readings between the positions of ``clamp(_:)``, before anything happens to them on the way.
    package func selected(of readings: ReadingSlice) -> ReadingSlice {
        if sensors == nil, positions != nil { return readings }
        let first = readings.places.lowerBound
        let indices = (0..<readings.count)
            .filter { index in
                let isWanted = sensors?[Int(readings.sensors[first + index])] ?? true
                return isWanted && times.contains(readings.times[first + index])
            }
        return indices.count == readings.count ? readings : readings.selecting(indices)
    }
}

extension RowGrid {
    /// The ticks of a sensor at some instants.
    func ticks(ofSensor sensor: Int, at instants: Range<Int64>) -> Range<Int64> {
        if let recorded {
            let first = recorded.ticks(ofSensor: sensor, before: instants.lowerBound)
            return first..<max(first, recorded.ticks(ofSensor: sensor, before: instants.upperBound))
        }
        let step = step(ofSensor: sensor)
        return instants.lowerBound.ticks(every: step)..<instants.upperBound.ticks(every: step)
    }

    /// The positions of all readings of whole windows.
    fileprivate func positions(of instants: Range<Int64>) -> Range<Int64> {
        readingCount(before: instants.lowerBound)..<readingCount(before: instants.upperBound)
    }

    /// The positions of the readings at some instants of some sensors, or of all, in rising order.
    fileprivate func positions(
        ofSensors sensors: [Int]?,
        instants: Range<Int64>
    ) -> some Sequence<Range<Int64>> {
        let windows = instants.isEmpty ? 0..<0 : instants.lowerBound / window..<(instants.upperBound - 1) / window + 1
        return windows.lazy.flatMap { index -> [Range<Int64>] in
            let whole = index * window..<min(tickCount, (index + 1) * window)
            let part = whole.clamped(to: instants)
            if sensors == nil, part == whole { return [positions(of: whole)] }
            return (sensors ?? Array(0..<Int(sensorCount))).map { positions(ofSensor: $0, instants: part) }
        }
    }

    /// The positions of a sensor's readings at some instants of one window.
    private func positions(ofSensor sensor: Int, instants: Range<Int64>) -> Range<Int64> {
        let ticks = ticks(ofSensor: sensor, at: instants)
        guard let last = ticks.last else { return 0..<0 }
        return position(ofSensor: sensor, tick: ticks.lowerBound)..<position(ofSensor: sensor, tick: last) + 1
    }
}
