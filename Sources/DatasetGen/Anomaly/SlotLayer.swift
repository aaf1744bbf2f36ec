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
    /// Places of a cell on average; not a whole number.
    let cellLength: Double

    /// Places of the schedule's axis to a tick of the run: enough that hardly any two events have one place.
    static let placesPerTick = 16.0

    /// Events of a type every `spacing` ticks on average.
    init(type: AnomalyType, lengths: EventLengths, spacing: Double) {
        self.type = type
        self.lengths = lengths
        self.spacing = spacing
        slots = (0..<EventTable.size).map { lengths.longest(ofPart: $0, of: EventTable.size) + 1 }
        slotsOfCell = slots.reduce(0, +)
        cellLength = spacing * Double(EventTable.size) * Self.placesPerTick
    }

    /// Ticks of an event's slot, by its number in its cell.
    @inline(__always)
    func slot(ofEvent event: Int) -> Int64 { slots[event] }

    /// The first place of a cell.
    @inline(__always)
    func start(ofCell cell: Int64) -> Int64 { (Double(cell) * cellLength).flooredInt64 }

    /// The cell that a place lies in.
    @inline(__always)
    func cell(ofPlace place: Int64) -> Int64 {
        var cell = (Double(place) / cellLength).flooredInt64
        while start(ofCell: cell) > place { cell -= 1 }
        while start(ofCell: cell + 1) <= place { cell += 1 }
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
