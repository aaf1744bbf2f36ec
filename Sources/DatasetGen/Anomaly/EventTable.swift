/// Where the events of a sensor lie in a cell of a type's schedule, and where each is spread for what is drawn by lot.
///
/// A cell is room for 32 events, and 32 sensors of a group share a table of it: a row per sensor, and 32 columns that are
/// equal parts of the cell. For each of the 32 events of a row a random order of its own says which row has it in which
/// column; within the column its place is the sensor's alone. So there are 32 events to a row and 32 to a column, and yet
/// those of a row lie like 32 points at random, and no row tells where the events of another are. (Multiples of irrational
/// numbers would be more even still; but whoever has seen some of them knows the next.)
///
/// All of it is a pure function of (sensor, type, cell).
struct EventTable {
    /// Events to a cell, sensors to a table, and columns.
    static let size = RandomOrder.count

    /// What is drawn by lot of the places 0..<1.
    enum Property: UInt64 {
        /// How long an event is.
        case length = 1
        /// Whether an event happens where a phase asks for fewer.
        case thinning
        /// How hard it is to find.
        case difficulty
        /// What becomes of lost readings.
        case mode
    }

    /// What all rows share.
    private let table: RandomKey
    private let own: RandomKey
    private let row: Int

    init(_ type: AnomalyType, of sensor: SensorCore) {
        row = sensor.member % Self.size
        table = sensor.tableKey(of: type, table: sensor.member / Self.size)
        own = sensor.scheduleKey(of: type).stream(1)
    }

    /// Where in its first cell the schedule begins, in 0..<1; the same for all rows, whose columns have to meet.
    var beginning: Double { table.uniform(.max) }

    /// Calls `body` with each event of a cell and its column.
    @inline(__always)
    func forEachColumn(ofCell cell: Int64, _ body: (_ event: Int, _ column: Int) -> Void) {
        let orders = table.stream(UInt64(bitPattern: cell))
        for pair in 0..<Self.size / 2 {
            let bits = orders.bits(UInt64(pair))
            body(2 * pair, RandomOrder(bits: UInt32(truncatingIfNeeded: bits))[row])
            body(2 * pair + 1, RandomOrder(bits: UInt32(bits >> 32))[row])
        }
    }

    /// The key of the places of a cell's events within their columns, by event.
    func placeKey(ofCell cell: Int64) -> RandomKey { own.stream(UInt64(bitPattern: cell)) }

    /// The place of an event for one of its properties.
    ///
    /// The 32nd parts of 0..<1 are dealt out to the 32 rows. Lengths and thinning are dealt out to the 32 events of a row
    /// as well, as the share of anomalous readings depends on them; of difficulties and modes, what is left of a deal would tell
    /// the next one.
    func place(of property: Property, event number: Int64) -> Double {
        let size = UInt64(Self.size)
        let event = UInt64(truncatingIfNeeded: number) % size
        let cell = UInt64(bitPattern: number >> 5)
        let row = UInt64(row)
        let (orders, own) = (table.stream(cell), own.stream(cell))
        let first = property.rawValue * size
        let deal =
            switch property {
            // Slots are as long as an event's lengths.
            case .length: event
            // A square of 32 by 32 with every number once in each row and column: what a phase keeps of a cell is of all
            // lengths, too.
            case .thinning:
                Self.place(
                    of: Self.place(of: event, orders.bits(8 * size)) ^ Self.place(of: row, orders.bits(8 * size + 1)),
                    orders.bits(8 * size + 2)
                )
            // Which events of the rows share a deal is hidden.
            case .difficulty, .mode: Self.place(of: event, own.bits(8 * size + property.rawValue))
            }
        let part = Self.place(of: row, orders.bits(first + deal))
        let place = (Double(part) + own.uniform(first + event)) / Double(size)
        return switch property {
        case .length, .thinning: (Double(deal) + place) / Double(size)
        case .difficulty, .mode: min(place, 1 - 0x1p-53)
        }
    }

    private static func place(of number: UInt64, _ bits: UInt64) -> UInt64 {
        UInt64(RandomOrder(bits: UInt32(truncatingIfNeeded: bits))[Int(number)])
    }
}
