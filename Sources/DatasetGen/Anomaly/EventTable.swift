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
            // What a phase keeps of a cell is of all lengths, too.
            case .thinning: squarePlace(of: event, orders, from: 8 * size)
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

    /// Whether an event happens where a phase asks for a part, 0…1, of the events that there are.
    ///
    /// More than half of them are dealt out over the 32 events of a cell. Of fewer, each cell would have the same few, which
    /// come like a clock: they are dealt out over as many cells as have 17 to 32 of them together.
    func keeps(event number: Int64, part: Double) -> Bool {
        var doublings = 0
        while doublings < Self.mostDoublings, part * Double(1 << (doublings + 1)) <= 1 { doublings += 1 }
        guard doublings > 0 else { return place(of: .thinning, event: number) < part }
        let (cells, bitCount) = (UInt64(1) << UInt64(doublings), 5 + doublings)
        let block = table.derived("phases", UInt64(doublings)).stream(UInt64(bitPattern: number >> Int64(bitCount)))
        let event = UInt64(bitPattern: number) & (cells << 5 - 1)
        let order = Self.mixed(event, bitCount: bitCount, block.stream(cells))
        // A square as that of a cell, for each of the rests by the number of cells.
        let (quotient, rest) = (order / cells, order % cells)
        let square = block.stream(rest)
        let deal = squarePlace(of: quotient, square, from: 0)
        let rowPart = Self.place(of: UInt64(row), square.bits(3 + deal))
        let behind = (Double(rowPart) + own.derived("phases").uniform(UInt64(bitPattern: number))) / Double(Self.size)
        return Double(deal * cells + rest) + behind < part * Double(cells << 5)
    }

    /// Of rarer ones than a millionth, a run has none that could come like a clock.
    private static let mostDoublings = 20

    /// The place of a number of so many bits in a random order of all of them.
    private static func mixed(_ number: UInt64, bitCount: Int, _ key: RandomKey) -> UInt64 {
        let mask = UInt64(1) << UInt64(bitCount) - 1
        var mixed = number
        // Products with odd numbers carry what low digits tell to high ones, and a shift folds it back onto low ones.
        for round in 0..<4 as Range<UInt64> {
            let bits = key.bits(round)
            mixed = (mixed &* (bits | 1) &+ bits >> 32) & mask
            mixed ^= mixed >> UInt64((bitCount + 1) / 2)
        }
        return mixed
    }

    /// The place of a number in this row of a square of 32 by 32, which has every number once in each row and column.
    ///
    /// Three counters of the key are used, from one on.
    private func squarePlace(of number: UInt64, _ key: RandomKey, from counter: UInt64) -> UInt64 {
        let (column, row) = (
            Self.place(of: number, key.bits(counter)), Self.place(of: UInt64(row), key.bits(counter + 1))
        )
        return Self.place(of: column ^ row, key.bits(counter + 2))
    }

    private static func place(of number: UInt64, _ bits: UInt64) -> UInt64 {
        UInt64(RandomOrder(bits: UInt32(truncatingIfNeeded: bits))[Int(number)])
    }
}
