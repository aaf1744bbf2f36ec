/// When the anomalies of one sensor happen, with random access: any slot is found from its cell's number.
struct SensorSchedule {
    /// A place for an event on a layer's axis.
    struct Slot {
        /// The first tick on the layer's axis.
        var start: Int64
        /// Whether no place was found clear of the longer-lasting events: then no event happens.
        var isSqueezedOut: Bool
    }

    private let layers: [SlotLayer]
    /// Nil in trials.
    private var sensor: SensorCore?
    /// Where slots lie in trials.
    private let trials: RandomKey
    /// Per layer: where on its axis the axis before has its tick 0, so that sensors do not share cell boundaries.
    private var offsets: [Int64]
    /// Per layer: the last slots found, by cell.
    ///
    /// Where a slot lies is asked for again and again, by its own layer and by all that are placed around it.
    private var memo: [(cell: Int64, slot: Slot)]
    private static let memoDepth = 16

    /// A schedule for trials, or of the sensor that it is moved to.
    init(layers: [SlotLayer], key: RandomKey) {
        self.layers = layers
        trials = key
        memo = Array(repeating: Self.unknown, count: layers.count * Self.memoDepth)
        offsets = Array(repeating: 0, count: layers.count)
    }

    /// Makes it the schedule of a sensor of the same make.
    mutating func move(to sensor: SensorCore) {
        if self.sensor?.index == sensor.index { return }
        self.sensor = sensor
        for place in memo.indices { memo[place] = Self.unknown }
        for index in layers.indices {
            // Sensors of a group begin all over a cell: however short the run, it has its part of them.
            let place = EvenSpread.beginning(layers[index].type, sensor)
            offsets[index] = Int64(place * Double(max(1, layers[index].axis.start(ofCell: 1))))
        }
    }

    private static let unknown = (cell: Int64.min, slot: Slot(start: 0, isSqueezedOut: false))

    /// Calls `body` with every event that has a tick in `ticks`, layer by layer and in order of time.
    mutating func forEachEvent(in ticks: Range<Int64>, _ body: (ScheduledEvent) -> Void) {
        guard !ticks.isEmpty else { return }
        var (first, last) = (ticks.lowerBound, ticks.upperBound - 1)
        for layer in layers.indices {
            let (low, high) = (first + offsets[layer], last + offsets[layer])
            guard low <= high else { return }
            let axis = layers[layer].axis
            let cells = axis.cell(ofTick: low)...axis.cell(ofTick: high)
            var (nextFirst, nextLast) = (low, high)
            for cell in cells {
                let slot = self.slot(inCell: cell, ofLayer: layer)
                let end = slot.start + axis.slotLength
                if !slot.isSqueezedOut, slot.start <= high, end - 1 > low {
                    let length = self.length(ofCell: cell, layer: layers[layer])
                    let start = realTick(slot.start, ofLayer: layer)
                    let event = ScheduledEvent(type: layers[layer].type, cell: cell, start: start, duration: length)
                    if event.ticks.overlaps(ticks) { body(event) }
                }
                if cell == cells.lowerBound {
                    nextFirst = Self.free(low, cell: cell, slot: slot.start, end: end, towardsEnd: true)
                }
                if cell == cells.upperBound {
                    nextLast = Self.free(high, cell: cell, slot: slot.start, end: end, towardsEnd: false)
                }
            }
            (first, last) = (nextFirst, nextLast)
        }
    }

    private func length(ofCell cell: Int64, layer: SlotLayer) -> Int64 {
        guard let sensor else { return layer.lengths.longest }
        return layer.lengths.length(at: EvenSpread.place(of: .length, layer.type, cell: cell, sensor))
    }

    /// The slot of a cell.
    mutating func slot(inCell cell: Int64, ofLayer index: Int) -> Slot {
        let place = index * Self.memoDepth + Int(cell & Int64(Self.memoDepth - 1))
        if memo[place].cell == cell { return memo[place].slot }
        let slot = findSlot(inCell: cell, ofLayer: index)
        memo[place] = (cell, slot)
        return slot
    }

    private mutating func findSlot(inCell cell: Int64, ofLayer index: Int) -> Slot {
        let axis = layers[index].axis
        let begin = axis.start(ofCell: cell)
        let choices = axis.start(ofCell: cell + 1) - begin - axis.slotLength + 1
        let type = layers[index].type
        let place = sensor.map { EvenSpread.slot(type, cell: cell, $0) } ?? trials.uniform(UInt64(bitPattern: cell))
        let start = begin + min(choices - 1, Int64(place * Double(choices)))
        guard index > 0 else { return Slot(start: start, isSqueezedOut: false) }
        return settled(start, in: begin..<begin + choices, ofLayer: index)
    }

    /// The nearest place to `start` where a slot is not cut by an earlier layer's.
    private mutating func settled(_ start: Int64, in choices: Range<Int64>, ofLayer index: Int) -> Slot {
        let length = layers[index].axis.slotLength
        let run = runLength(from: start, upTo: length, ofLayer: index)
        if run == length { return Slot(start: start, isSqueezedOut: false) }
        // Alternately behind the next cut after, and before the last cut before, further and further out.
        var after = start + run
        var before = start + run - length
        for _ in 0..<8 {
            if choices.contains(before) {
                let run = reverseRunLength(to: before + length, upTo: length, ofLayer: index)
                if run == length { return Slot(start: before, isSqueezedOut: false) }
                before -= run
            }
            if choices.contains(after) {
                let run = runLength(from: after, upTo: length, ofLayer: index)
                if run == length { return Slot(start: after, isSqueezedOut: false) }
                after += run
            }
        }
        return Slot(start: start, isSqueezedOut: true)
    }

    /// How many ticks of a layer's axis from `start` on follow one another without a cut, at most `limit`.
    private mutating func runLength(from start: Int64, upTo limit: Int64, ofLayer index: Int) -> Int64 {
        let real = realTick(start, ofLayer: index)
        return Self.largest(limit) { realTick(start + $0 - 1, ofLayer: index) - real == $0 - 1 }
    }

    /// How many ticks before `end` follow one another without a cut, at most `limit`.
    private mutating func reverseRunLength(to end: Int64, upTo limit: Int64, ofLayer index: Int) -> Int64 {
        let real = realTick(end - 1, ofLayer: index)
        return Self.largest(limit) { real - realTick(end - $0, ofLayer: index) == $0 - 1 }
    }

    /// The largest number in 1…`limit` for which a condition holds that holds for 1 and, once false, stays false.
    private static func largest(_ limit: Int64, where holds: (Int64) -> Bool) -> Int64 {
        if holds(limit) { return limit }
        var (good, bad) = (Int64(1), limit)
        while bad - good > 1 {
            let middle = good + (bad - good) / 2
            if holds(middle) { good = middle } else { bad = middle }
        }
        return good
    }

    /// The tick of the run that a tick of a layer's axis is.
    private mutating func realTick(_ tick: Int64, ofLayer index: Int) -> Int64 {
        var tick = tick - offsets[index]
        var earlier = index
        while earlier > 0 {
            earlier -= 1
            let axis = layers[earlier].axis
            let cell = axis.cell(ofFreeTick: tick)
            let slot = self.slot(inCell: cell, ofLayer: earlier).start
            let length = axis.slotLength
            let candidate = tick + cell * length
            tick = (candidate < slot ? candidate : candidate + length) - offsets[earlier]
        }
        return tick
    }

    /// A tick on the axis without this cell's slots; a tick in the slot becomes the nearest free one on the side asked
    /// for.
    private static func free(
        _ tick: Int64,
        cell: Int64,
        slot: Int64,
        end: Int64,
        towardsEnd: Bool
    ) -> Int64 {
        let length = end - slot
        if tick < slot { return tick - cell * length }
        if tick >= end { return tick - (cell + 1) * length }
        let following = slot - cell * length
        return towardsEnd ? following : following - 1
    }
}
