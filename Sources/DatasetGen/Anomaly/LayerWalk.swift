/// A walk along the events of one layer of a sensor's schedule.
struct LayerWalk {
    /// A cell of the layer, computed.
    private struct Cell {
        var number = Int64.min
        /// Its first place, and its places.
        var (start, length): (Int64, Int64) = (0, 1)
        var places = RandomKey(seed: 0)
    }

    /// An event of the column at hand.
    private struct Entry {
        var place: Int64
        var event: Int64
    }

    let layer: SlotLayer
    private var table: EventTable?
    /// Where on the layer's axis of cells the schedule's axis has its place 0.
    private(set) var offset: Int64 = 0
    private var cells = [Cell](repeating: Cell(), count: 2)
    /// Per cell, per column: its events, a bit for each.
    private var columns = [UInt32](repeating: 0, count: 2 * EventTable.size)
    /// Per cell, per column: ticks of the slots of all events before it, from the first of cell 0 on.
    private var slots = [Int64](repeating: 0, count: 2 * EventTable.size)
    /// The number of the column at hand, from the first of cell 0 on.
    private var column: Int64 = 0
    /// What of the column is still to come, the next event last.
    private var entries: [Entry] = []

    init(_ layer: SlotLayer) {
        self.layer = layer
        entries.reserveCapacity(EventTable.size)
    }

    /// Makes it a walk along a sensor's events.
    mutating func move(to sensor: SensorCore) {
        let table = EventTable(layer.type, of: sensor)
        // Schedules begin all over a cell: however short the run, it has its part of one.
        offset = Int64(table.beginning * Double(max(1, layer.start(ofCell: 1))))
        self.table = table
        for index in cells.indices { cells[index].number = .min }
    }

    /// The place of the next event.
    var place: Int64 { entries[entries.count - 1].place }

    /// The number of the next event.
    var event: Int64 { entries[entries.count - 1].event }

    /// Ticks of the next event's slot.
    var slot: Int64 { layer.slot(ofEvent: Int(event & 31)) }

    /// How long the next event is.
    var length: Int64 {
        guard let table else { return layer.lengths.longest }
        // Rounding can lift a place to the next part of the lengths.
        return min(layer.lengths.length(at: table.place(of: .length, event: event)), slot - 1)
    }

    /// Goes on to the event behind the next one.
    mutating func advance() {
        entries.removeLast()
        fill()
    }

    /// Ticks of the slots of all events from the first of cell 0 up to a place, those at it included.
    mutating func slots(upTo place: Int64) -> Int64 {
        let (index, last) = find(place)
        var sum = slots[index << 5 + last]
        var rest = columns[index << 5 + last]
        while rest != 0 {
            let event = rest.trailingZeroBitCount
            if self.place(of: event, column: last, cell: index) <= place { sum += layer.slot(ofEvent: event) }
            rest &= rest &- 1
        }
        return sum
    }

    /// Begins with the first event behind a place.
    mutating func begin(after place: Int64) {
        let (index, last) = find(place)
        column = cells[index].number * Int64(EventTable.size) + Int64(last)
        collect(index, last)
        while let entry = entries.last, entry.place <= place { entries.removeLast() }
        fill()
    }

    /// Goes on to the next column that has an event, unless there are some at hand.
    private mutating func fill() {
        while entries.isEmpty {
            column += 1
            let index = computed(column >> 5)
            collect(index, Int(column & 31))
        }
    }

    /// Replaces the entries with those of a column.
    private mutating func collect(_ index: Int, _ column: Int) {
        entries.removeAll(keepingCapacity: true)
        var rest = columns[index << 5 + column]
        while rest != 0 {
            let event = rest.trailingZeroBitCount
            let place = place(of: event, column: column, cell: index)
            let entry = Entry(place: place, event: cells[index].number << 5 | Int64(event))
            var position = entries.count
            entries.append(entry)
            while position > 0, entries[position - 1].place < place {
                entries.swapAt(position, position - 1)
                position -= 1
            }
            rest &= rest &- 1
        }
    }

    @inline(__always)
    private func place(of event: Int, column: Int, cell index: Int) -> Int64 {
        let part = UInt64(column) << 59 | cells[index].places.bits(UInt64(event)) >> 5
        let behind = part.multipliedFullWidth(by: UInt64(cells[index].length)).high
        return cells[index].start - offset + Int64(behind)
    }

    /// The cell of a place, and the last column of it that has places up to there.
    @inline(__always)
    private mutating func find(_ place: Int64) -> (cell: Int, column: Int) {
        let place = place + offset
        let index = computed(layer.cell(ofPlace: place))
        let count = place - cells[index].start + 1
        return (index, Int(min(31, (32 * count - 1) / cells[index].length)))
    }

    /// Computes a cell unless it is there; its index.
    @inline(__always)
    private mutating func computed(_ number: Int64) -> Int {
        let index = Int(number & 1)
        if cells[index].number != number { compute(index, number) }
        return index
    }

    private mutating func compute(_ index: Int, _ number: Int64) {
        guard let table else { preconditionFailure("a schedule of no sensor") }
        cells[index].number = number
        cells[index].start = layer.start(ofCell: number)
        cells[index].length = layer.start(ofCell: number + 1) - cells[index].start
        cells[index].places = table.placeKey(ofCell: number)
        var events = InlineArray<32, UInt32>(repeating: 0)
        var ticks = InlineArray<32, Int64>(repeating: 0)
        table.forEachColumn(ofCell: number) { event, column in
            events[column] |= 1 << UInt32(event)
            ticks[column] += layer.slot(ofEvent: event)
        }
        var sum = number * layer.slotsOfCell
        for column in 0..<EventTable.size {
            columns[index << 5 + column] = events[column]
            slots[index << 5 + column] = sum
            sum += ticks[column]
        }
    }
}
