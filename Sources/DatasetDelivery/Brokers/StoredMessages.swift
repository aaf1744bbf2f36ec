import DatasetGen

/// What a broker has given back, added up: per sensor and window its messages and their hashes, each reading's once.
struct StoredMessages {
    private(set) var sums: GroupSums
    /// Messages of readings that had been there before.
    private(set) var repeats: Int64 = 0
    /// Messages of the fleet's sensors that are none of these readings.
    private(set) var strangerCount = 0
    /// The first of them.
    private(set) var stranger: String?
    private let windows: ProofWindows
    private let places: MessagePlaces
    /// A bit for each reading.
    private var seen: [UInt64]

    init(_ plan: GenerationPlan, _ windows: ProofWindows, _ places: MessagePlaces) {
        (self.windows, self.places) = (windows, places)
        sums = GroupSums(groups: windows.sensorCount * windows.count, columns: plan.recipe.schema.metrics.count)
        seen = [UInt64](repeating: 0, count: Int(plan.rows.count / 64) + 1)
    }

    /// Adds a message; one whose key is no sensor of the fleet is somebody else's.
    mutating func add(_ payload: Span<UInt8>, of sensor: Int) {
        guard let place = places.place(of: payload, sensor) else {
            strangerCount += 1
            stranger = stranger ?? places.excerpt(payload, of: sensor)
            return
        }
        let (word, bit) = (Int(place.position / 64), UInt64(1) << UInt64(place.position % 64))
        guard seen[word] & bit == 0 else {
            repeats += 1
            return
        }
        seen[word] |= bit
        let group = windows.group(sensor, place.time)
        sums[group, GroupSums.Layout.rows] &+= 1
        sums[group, GroupSums.Layout.firstTime] = min(sums[group, GroupSums.Layout.firstTime], place.time)
        sums[group, GroupSums.Layout.lastTime] = max(sums[group, GroupSums.Layout.lastTime], place.time)
        sums.add(MessageHasher.hash(payload), group)
    }
}

/// Which reading a message is of.
struct MessagePlaces: Sendable {
    private let plan: GenerationPlan
    private let timestamps: TimestampStyle
    private static let key = Array("\"timestamp\":".utf8)

    /// - Parameters:
    ///   - plan: the readings.
    ///   - timestamps: how messages write times.
    init(_ plan: GenerationPlan, _ timestamps: TimestampStyle) { (self.plan, self.timestamps) = (plan, timestamps) }

    /// Whether times are written finely enough to tell one reading of a sensor from the next.
    var areExact: Bool {
        let unit = timestamps.microsecondsPerUnit
        return Set(plan.fleet.sensors.map { plan.grid(ofSensor: $0.index) })
            .allSatisfy { grid in
                // An interval may be a fraction of microseconds, whose denominator is a million at most.
                unit == 1 || [0, 1, 999_983, 1_000_000].allSatisfy { grid.time(ofTick: $0).microseconds % unit == 0 }
            }
    }

    /// When the reading of a message was taken, and its number in the dataset; nil for what is no reading of the sensor.
    func place(of payload: Span<UInt8>, _ sensor: Int) -> (time: Int64, position: Int64)? {
        guard let time = time(of: payload) else { return nil }
        let grid = plan.grid(ofSensor: sensor)
        guard time >= grid.start.microseconds, time < grid.end.microseconds else { return nil }
        let tick = grid.firstTick(atOffset: time - grid.start.microseconds)
        guard tick < plan.rows.tickCount(ofSensor: sensor), grid.time(ofTick: tick).microseconds == time else {
            return nil
        }
        return (time, plan.rows.position(ofSensor: sensor, tick: tick))
    }

    /// The time that a message tells, in microseconds since 1970.
    func time(of payload: Span<UInt8>) -> Int64? {
        guard let start = Self.end(ofKeyIn: payload) else { return nil }
        let isText = start < payload.count && payload[start] == UInt8(ascii: "\"")
        var end = isText ? start + 1 : start
        while end < payload.count, payload[end] != UInt8(ascii: isText ? "\"" : ","), payload[end] != UInt8(ascii: "}")
        {
            end += 1
        }
        let value = payload.extracting((isText ? start + 1 : start)..<end)
        if isText { return SimulatedTime(parsing: StoredNumber.string(value))?.microseconds }
        guard let number = StoredNumber.integer(value) else { return nil }
        if timestamps == .epochNanoseconds { return number % 1_000 == 0 ? number / 1_000 : nil }
        let (time, isTooLarge) = number.multipliedReportingOverflow(by: timestamps.microsecondsPerUnit)
        return isTooLarge ? nil : time
    }

    private static func end(ofKeyIn payload: Span<UInt8>) -> Int? {
        let key = key.span
        var index = 0
        while index + key.count <= payload.count {
            var length = 0
            while length < key.count, payload[index + length] == key[length] { length += 1 }
            if length == key.count { return index + length }
            index += 1
        }
        return nil
    }

    /// The beginning of a message that is none of these readings.
    func excerpt(_ payload: Span<UInt8>, of sensor: Int) -> String {
        let text = StoredNumber.string(payload.extracting(0..<min(payload.count, 200)))
        return "sensor \(plan.fleet.sensors[sensor].id.quoted): a message that was not sent: \(text.onOneLine)"
    }
}
