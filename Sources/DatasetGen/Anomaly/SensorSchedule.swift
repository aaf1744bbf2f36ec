/// When the anomalies of one sensor happen, with random access in time.
///
/// The places of all types' events lie on one axis, on which a slot has no length, and among them lie the ticks that are in
/// no slot. On the way from that axis to the ticks of the run each event pushes what follows back by its slot: slots
/// neither overlap nor touch, wherever the places are, and a place is on average the tick that it comes to.
package struct SensorSchedule {
    private var layers: [LayerWalk]
    private var freeTicks: FreeTicks
    private var sensor: Int?
    /// What the beginnings of the layers push tick 0 back by.
    private var shift: Int64 = 0
    /// By how much a place and its tick may be apart.
    private let reach: Int64
    /// Ticks in which there are a few events.
    private let stride: Int64

    /// A schedule without a sensor, to be moved to one.
    init(_ profile: ScheduleProfile) {
        layers = profile.layers.map { LayerWalk($0) }
        freeTicks = FreeTicks(share: profile.freeShare)
        // What is dealt out by cells is at most one cell more or less than on average; the rest is rounding.
        reach = layers.reduce(128 + FreeTicks.count) { $0 + $1.layer.slotsOfCell }
        let density = layers.reduce(0x1p-50) { $0 + 1 / $1.layer.spacing }
        stride = 2 + Int64(8 / density)
    }

    /// Makes it the schedule of a sensor of the same make.
    mutating func move(to sensor: SensorCore) {
        if self.sensor == sensor.index { return }
        self.sensor = sensor.index
        freeTicks.move(to: sensor)
        var shift = 0.0
        for index in layers.indices {
            layers[index].move(to: sensor)
            let layer = layers[index].layer
            shift += Double(layers[index].offset) / layer.cellLength * Double(layer.slotsOfCell)
        }
        self.shift = Int64(shift)
    }

    /// Calls `body` with every event that has a tick in `ticks`, in the order of time.
    mutating func forEachEvent(in ticks: Range<Int64>, _ body: (ScheduledEvent) -> Void) {
        guard !ticks.isEmpty, !layers.isEmpty else { return }
        var pushed = begin(before: ticks.lowerBound)
        while true {
            var next = 0
            for index in layers.indices where layers[index].place < layers[next].place { next = index }
            let start = freeTicks.count(upTo: layers[next].place) + pushed
            if start >= ticks.upperBound { return }
            let slot = layers[next].slot
            if start + slot > ticks.lowerBound {
                let event = ScheduledEvent(
                    type: layers[next].layer.type,
                    number: layers[next].event,
                    start: start,
                    duration: layers[next].length
                )
                if event.ticks.overlaps(ticks) { body(event) }
            }
            pushed += slot
            layers[next].advance()
        }
    }

    /// Sets the layers to a place that comes to `tick` or to one shortly before; how far the events up to there push what
    /// follows.
    private mutating func begin(before tick: Int64) -> Int64 {
        let unit = Int64(SlotLayer.placesPerTick)
        var (low, high) = ((tick - reach) * unit, (tick + reach) * unit)
        var pushed: Int64?
        var probe = (tick - stride / 2) * unit
        var halves = false
        while high - low > 1 {
            let slots = slots(upTo: probe)
            let distance = freeTicks.count(upTo: probe) + slots - tick
            if distance <= 0 { (low, pushed) = (probe, slots) } else { high = probe }
            // To walk over a few events is cheaper than to come nearer.
            if distance <= 0, distance > -stride { break }
            // By the distance, which is mostly near at once, and by halves in turn, which is sure to come near.
            let next = probe - (distance + stride / 2) * unit
            probe = !halves && next > low && next < high ? next : low + (high - low) / 2
            halves.toggle()
        }
        for index in layers.indices { layers[index].begin(after: low) }
        return pushed ?? slots(upTo: low)
    }

    /// How far the events up to a place push what follows.
    private mutating func slots(upTo place: Int64) -> Int64 {
        var pushed = -shift
        for index in layers.indices { pushed += layers[index].slots(upTo: place) }
        return pushed
    }
}
