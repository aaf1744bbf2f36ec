/// Which reading of a recording comes where in a dataset.
///
/// Where sensors report each when it did, positions in the order of time are looked up: eight bytes for each reading of a
/// round from position to reading, and four for the way back. Rounds are alike.
final class RecordedRows: Sendable {
    /// A reading by its sensor and the number of it among that sensor's.
    fileprivate struct Reading: Sendable {
        var sensor: Int32
        var tick: Int32
    }

    /// Readings in the order of time, by position in a round, and the way back: per sensor, per reading of a round.
    fileprivate struct Round: Sendable {
        var readings: [Reading]
        var positions: [[Int32]]
    }

    /// How a position is found.
    private enum Layout: Sendable {
        /// Sensor after sensor: how many readings those before each have, and behind the last all.
        case sensors([Int64])
        /// All sensors at each instant.
        case instants
        /// Each sensor at instants of its own; so many readings of the first round are not played.
        case rounds(Round, skipped: Int64)
    }

    private let recording: Recording
    private let order: RowOrder
    private let layout: Layout

    /// The number of readings.
    let count: Int64

    /// The readings of a recording, a round of which has fewer than 2³¹.
    init(_ recording: Recording, order: RowOrder) {
        (self.recording, self.order, count) = (recording, order, recording.readingCount)
        guard order == .time else {
            layout = .sensors(recording.sensors.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.grid.tickCount) })
            return
        }
        guard recording.sensors.contains(where: { $0.grid != recording.grid }) else {
            layout = .instants
            return
        }
        let skipped = recording.sensors.reduce(0) { $0 + $1.first }
        layout = .rounds(Round(recording.sensors), skipped: skipped)
    }

    /// How many readings a sensor has.
    func tickCount(ofSensor sensor: Int) -> Int64 { recording.sensors[sensor].grid.tickCount }

    /// The position of a reading.
    func position(ofSensor sensor: Int, tick: Int64) -> Int64 {
        switch layout {
        case .sensors(let offsets): return offsets[sensor] + tick
        case .instants: return tick * Int64(recording.sensors.count) + Int64(sensor)
        case .rounds(let round, let skipped):
            let places = round.positions[sensor]
            let (number, place) = (tick + recording.sensors[sensor].first)
                .quotientAndRemainder(dividingBy: Int64(places.count))
            return number * Int64(round.readings.count) + Int64(places[Int(place)]) - skipped
        }
    }

    /// The reading at a position; behind the end, one that would follow.
    func reading(at position: Int64) -> (sensor: Int, tick: Int64) {
        guard position < count else { return (0, tickCount(ofSensor: 0)) }
        switch layout {
        case .sensors(let offsets):
            var (low, high) = (0, offsets.count - 1)
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if offsets[middle] <= position { low = middle } else { high = middle }
            }
            return (low, position - offsets[low])
        case .instants:
            let (tick, sensor) = position.quotientAndRemainder(dividingBy: Int64(recording.sensors.count))
            return (Int(sensor), tick)
        case .rounds(let round, let skipped):
            let (number, place) = (position + skipped).quotientAndRemainder(dividingBy: Int64(round.readings.count))
            let reading = round.readings[Int(place)]
            let sensor = recording.sensors[Int(reading.sensor)]
            return (Int(reading.sensor), number * sensor.roundCount + Int64(reading.tick) - sensor.first)
        }
    }

    /// The number of the instant of the reading at a position, among all instants.
    func instant(at position: Int64) -> Int64 {
        guard position < count, let given = recording.grid.given else { return recording.grid.tickCount }
        let (sensor, tick) = reading(at: position)
        if case .instants = layout { return tick }
        return Int64(given.count(before: recording.sensors[sensor].grid.time(ofTick: tick).microseconds))
    }

    /// How many readings are taken before an instant.
    func readingCount(before instant: Int64) -> Int64 {
        recording.sensors.indices.reduce(0) { $0 + ticks(ofSensor: $1, before: instant) }
    }

    /// How many readings of a sensor are taken before an instant.
    func ticks(ofSensor sensor: Int, before instant: Int64) -> Int64 {
        guard instant < recording.grid.tickCount else { return tickCount(ofSensor: sensor) }
        let time = recording.grid.time(ofTick: instant).microseconds
        return Int64(recording.sensors[sensor].grid.given?.count(before: time) ?? 0)
    }

    /// How many readings of a sensor stand before a position.
    func readingCount(ofSensor sensor: Int, before position: Int64) -> Int64 {
        let before: Int64
        switch layout {
        case .sensors(let offsets): before = position - offsets[sensor]
        case .instants:
            let (tick, rest) = position.quotientAndRemainder(dividingBy: Int64(recording.sensors.count))
            before = tick + (rest > sensor ? 1 : 0)
        case .rounds(let round, let skipped):
            let places = round.positions[sensor]
            let (number, rest) = (position + skipped).quotientAndRemainder(dividingBy: Int64(round.readings.count))
            var (low, high) = (0, places.count)
            while low < high {
                let middle = low + (high - low) / 2
                if Int64(places[middle]) < rest { low = middle + 1 } else { high = middle }
            }
            before = number * Int64(places.count) + Int64(low) - recording.sensors[sensor].first
        }
        return min(max(0, before), tickCount(ofSensor: sensor))
    }

    /// The readings at positions as runs: of each sensor, its consecutive ticks.
    func forEachRun(in positions: Range<Int64>, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
        guard positions.count >= recording.sensors.count else {
            for position in positions {
                let (sensor, tick) = reading(at: position)
                body(sensor, tick..<tick + 1)
            }
            return
        }
        for sensor in recording.sensors.indices {
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

extension RecordedRows.Round {
    /// A round of some sensors.
    fileprivate init(_ sensors: [Recording.Sensor]) {
        var keyed: [(time: Int64, reading: RecordedRows.Reading)] = []
        keyed.reserveCapacity(Int(sensors.reduce(0) { $0 + $1.roundCount }))
        for (sensor, readings) in sensors.enumerated() {
            for (tick, time) in (readings.grid.given?.microseconds ?? []).enumerated() {
                keyed.append((time, RecordedRows.Reading(sensor: Int32(sensor), tick: Int32(tick))))
            }
        }
        // Those of one instant are in the order of the sensors.
        keyed.sort { ($0.time, $0.reading.sensor) < ($1.time, $1.reading.sensor) }
        readings = keyed.map(\.reading)
        positions = sensors.map { [Int32](repeating: 0, count: Int($0.roundCount)) }
        for (position, reading) in readings.enumerated() {
            positions[Int(reading.sensor)][Int(reading.tick)] = Int32(position)
        }
    }
}

extension RecordedRows: Hashable {
    static func == (one: RecordedRows, other: RecordedRows) -> Bool {
        one === other || (one.order == other.order && one.recording == other.recording)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(recording) }
}
