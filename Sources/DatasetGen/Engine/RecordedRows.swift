/// Which reading of a recording comes where in a dataset.
///
/// Sensors report when they did, so that positions are looked up where a recipe's are computed: eight bytes for each
/// reading from position to reading, and four for the way back.
final class RecordedRows: Sendable {
    /// A reading by its sensor and the number of it among that sensor's.
    struct Reading: Sendable {
        var sensor: Int32
        var tick: Int32
    }

    private let recording: Recording
    private let order: RowOrder
    /// By position.
    let readings: [Reading]
    /// Per sensor, per tick: the position.
    let positions: [[Int32]]

    /// The readings of a recording, of which there are fewer than 2³¹.
    init(_ recording: Recording, order: RowOrder) {
        (self.recording, self.order) = (recording, order)
        var keyed: [(time: Int64, reading: Reading)] = []
        keyed.reserveCapacity(Int(recording.readingCount))
        for (sensor, readings) in recording.sensors.enumerated() {
            for tick in 0..<readings.grid.tickCount {
                let time = order == .time ? readings.grid.time(ofTick: tick).microseconds : 0
                keyed.append((time, Reading(sensor: Int32(sensor), tick: Int32(tick))))
            }
        }
        // Those of one instant are in the order of the sensors.
        if order == .time { keyed.sort { ($0.time, $0.reading.sensor) < ($1.time, $1.reading.sensor) } }
        readings = keyed.map(\.reading)
        var positions = recording.sensors.map { [Int32](repeating: 0, count: Int($0.grid.tickCount)) }
        for (position, reading) in readings.enumerated() {
            positions[Int(reading.sensor)][Int(reading.tick)] = Int32(position)
        }
        self.positions = positions
    }

    /// The reading at a position; behind the end, one that would follow.
    func reading(at position: Int64) -> (sensor: Int, tick: Int64) {
        guard position < readings.count else { return (0, Int64(positions[0].count)) }
        let reading = readings[Int(position)]
        return (Int(reading.sensor), Int64(reading.tick))
    }

    /// The number of the instant of the reading at a position, among all instants.
    func instant(at position: Int64) -> Int64 {
        guard position < readings.count, let given = recording.grid.given else { return recording.grid.tickCount }
        let (sensor, tick) = reading(at: position)
        return Int64(given.count(before: recording.sensors[sensor].grid.time(ofTick: tick).microseconds))
    }

    /// How many readings are taken before an instant.
    func readingCount(before instant: Int64) -> Int64 {
        recording.sensors.indices.reduce(0) { $0 + ticks(ofSensor: $1, before: instant) }
    }

    /// How many readings of a sensor are taken before an instant.
    func ticks(ofSensor sensor: Int, before instant: Int64) -> Int64 {
        guard instant < recording.grid.tickCount else { return Int64(positions[sensor].count) }
        let time = recording.grid.time(ofTick: instant).microseconds
        return Int64(recording.sensors[sensor].grid.given?.count(before: time) ?? 0)
    }

    /// How many readings of a sensor stand before a position.
    func readingCount(ofSensor sensor: Int, before position: Int64) -> Int64 {
        let places = positions[sensor]
        var (low, high) = (0, places.count)
        while low < high {
            let middle = low + (high - low) / 2
            if Int64(places[middle]) < position { low = middle + 1 } else { high = middle }
        }
        return Int64(low)
    }

    /// The readings at positions as runs: of each sensor, its consecutive ticks.
    func forEachRun(in positions: Range<Int64>, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
        guard positions.count >= self.positions.count else {
            for position in positions {
                let (sensor, tick) = reading(at: position)
                body(sensor, tick..<tick + 1)
            }
            return
        }
        for sensor in self.positions.indices {
            let first = readingCount(ofSensor: sensor, before: positions.lowerBound)
            let end = readingCount(ofSensor: sensor, before: positions.upperBound)
            if first < end { body(sensor, first..<end) }
        }
    }

    /// The readings at positions that follow one another, as consecutive ticks of one sensor.
    func forEachLine(in positions: Range<Int64>, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
        var begin = positions.lowerBound
        while begin < positions.upperBound {
            let (sensor, tick) = reading(at: begin)
            var end = begin + 1
            while end < positions.upperBound, reading(at: end).sensor == sensor { end += 1 }
            body(sensor, tick..<tick + (end - begin))
            begin = end
        }
    }

    /// In the order of time, the readings at positions as stretches: consecutive sensors at an instant.
    func forEachStretch(in positions: Range<Int64>, _ body: (_ instant: Int64, _ sensors: Range<Int>) -> Void) {
        var begin = positions.lowerBound
        while begin < positions.upperBound {
            let (instant, first) = (self.instant(at: begin), reading(at: begin).sensor)
            var count = 1
            while begin + Int64(count) < positions.upperBound,
                reading(at: begin + Int64(count)).sensor == first + count,
                self.instant(at: begin + Int64(count)) == instant
            {
                count += 1
            }
            body(instant, first..<first + count)
            begin += Int64(count)
        }
    }
}

extension RecordedRows: Hashable {
    static func == (one: RecordedRows, other: RecordedRows) -> Bool {
        one === other || (one.order == other.order && one.recording == other.recording)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(recording) }
}
