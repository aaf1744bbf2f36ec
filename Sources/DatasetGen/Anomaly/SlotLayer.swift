/// The schedule of one anomaly type for devices of one make: cells of 32 events.
///
/// An event has a slot: room for the longest one of its part of the lengths, and one tick more, which stays free so that
/// events do not touch. So the slots of every cell take the same number of ticks.
struct SlotLayer: Hashable, Sendable {
    /// What the events are.
    let type: AnomalyType
    /// How long the events are.
    let lengths: EventLengths
    /// Ticks per event on average; not a whole number.
    let spacing: Double
    /// Ticks of all slots of a cell.
    let slotsOfCell: Int64
    /// Ticks of the slot of each event of a cell.
    private let slots: [Int64]
    private let cellLength: Double

    /// Events of a type every `spacing` ticks on average.
    init(type: AnomalyType, lengths: EventLengths, spacing: Double) {
        self.type = type
        self.lengths = lengths
        self.spacing = spacing
        slots = (0..<EventTable.size).map { lengths.longest(ofPart: $0, of: EventTable.size) + 1 }
        slotsOfCell = slots.reduce(0, +)
        cellLength = spacing * Double(EventTable.size)
    }

    /// Ticks of an event's slot, by its number in its cell.
    @inline(__always)
    func slot(ofEvent event: Int) -> Int64 { slots[event] }

    /// The first tick of a cell.
    @inline(__always)
    func start(ofCell cell: Int64) -> Int64 { (Double(cell) * cellLength).flooredInt64 }

    /// The cell that a tick lies in.
    @inline(__always)
    func cell(ofTick tick: Int64) -> Int64 {
        var cell = (Double(tick) / cellLength).flooredInt64
        while start(ofCell: cell) > tick { cell -= 1 }
        while start(ofCell: cell + 1) <= tick { cell += 1 }
        return cell
    }
}

extension Double {
    /// The next whole number below, without the C library; for what Int64 holds.
    @inline(__always)
    var flooredInt64: Int64 {
        let truncated = Int64(self)
        return Double(truncated) > self ? truncated - 1 : truncated
    }
}
