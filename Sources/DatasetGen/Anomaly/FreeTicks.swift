/// Where the ticks that are in no slot lie among the events of a sensor's schedule.
///
/// They lie at random, as the events do: so each tick that could begin an event does so with one probability, wherever
/// the last event was. (At equal distances the tick behind an event would have half of that: what is dense would keep
/// apart, and the time since the last event would tell the next.)
///
/// A cell has 64 of them, so that the ones before any place are counted without those before its cell.
struct FreeTicks {
    /// Free ticks to a cell.
    static let count: Int64 = 64

    /// Places of a cell on average.
    private let cellLength: Double
    private var key = RandomKey(seed: 0)
    /// The number of the cell at hand.
    private var cell = Int64.min
    /// Where in it they lie, in no order: parts of 2⁻¹⁵, four to a word.
    private var positions = InlineArray<16, UInt64>(repeating: 0)

    /// A share of all ticks.
    init(share: Double) {
        cellLength = Double(Self.count) * SlotLayer.placesPerTick / share
    }

    /// Makes them those of a sensor.
    mutating func move(to sensor: SensorCore) {
        key = sensor.freeTickKey
        cell = .min
    }

    /// How many lie up to a place, from the first of cell 0 on.
    @inline(__always)
    mutating func count(upTo place: Int64) -> Int64 {
        // Nowhere, if there is no room but for the events.
        guard cellLength < 0x1p62 else { return 0 }
        let cells = Double(place) / cellLength
        let number = cells.flooredInt64
        if number != cell { compute(number) }
        // The highest bit of each quarter of a word is left of the difference where its position is not behind the place.
        let part = (UInt64((cells - Double(number)) * 0x1p15) &* Self.ofQuarters) | (Self.ofQuarters << 15)
        var before: UInt64 = 0
        for word in positions.indices { before &+= ((part &- positions[word]) >> 15) & Self.ofQuarters }
        return number * Self.count + Int64((before &* Self.ofQuarters) >> 48)
    }

    /// One in each quarter of a word.
    private static let ofQuarters: UInt64 = 0x0001_0001_0001_0001

    private mutating func compute(_ number: Int64) {
        let key = key.stream(UInt64(bitPattern: number))
        cell = number
        for word in positions.indices { positions[word] = key.bits(UInt64(word)) & ~(Self.ofQuarters << 15) }
    }
}
