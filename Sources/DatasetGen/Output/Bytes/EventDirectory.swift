/// Which event a reading is of, and what its row says of it.
///
/// Events are numbered in the order of their first readings, as in `events.csv`: 16 bytes of memory for each.
final class EventDirectory: Sendable {
    /// What a row says of its event.
    struct Entry: Sendable {
        /// The position of its first reading.
        let first: Int64
        private let packed: Int64

        init(first: Int64, number: Int64, difficulty: Difficulty?) {
            self.first = first
            packed = number << 2 | Int64(EventDirectory.code(of: difficulty))
        }

        /// Its number in `events.csv`.
        var number: Int64 { packed >> 2 }

        /// See ``EventDirectory/code(of:)``.
        var difficultyCode: Int { Int(packed & 3) }
    }

    /// All sensors' entries; those of one by their first readings.
    private let entries: [Entry]
    /// Where those of a sensor begin, and the last ones end.
    private let bounds: [Int]

    /// Difficulties by their number: 0 for none.
    static func code(of difficulty: Difficulty?) -> Int {
        difficulty.flatMap { Difficulty.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    }

    /// A directory of events by their first readings, per sensor.
    init(_ events: [[(first: Int64, difficulty: Difficulty?)]], numberedBy number: (Int64) -> Int64) {
        var (entries, bounds): ([Entry], [Int]) = ([], [0])
        entries.reserveCapacity(events.reduce(0) { $0 + $1.count })
        for events in events {
            for event in events {
                entries.append(Entry(first: event.first, number: number(event.first), difficulty: event.difficulty))
            }
            bounds.append(entries.count)
        }
        (self.entries, self.bounds) = (entries, bounds)
    }

    /// The events of a plan; O(events), on all cores.
    convenience init(_ plan: GenerationPlan) {
        let parts = inParallel(plan.fleet.sensors.count, atLeast: 16) { range in
            var schedules = plan.anomalies.makeSchedules()
            var signal = HealthySignal(plan.signal, sensorCount: plan.fleet.sensors.count)
            return range.map { Self.events(of: plan.fleet.sensors[$0].core, plan, &schedules, &signal) }
        }
        let events = parts.flatMap { $0 }
        let firsts = events.flatMap { $0.map(\.first) }.sorted()
        self.init(events) { first in
            var (low, high) = (0, firsts.count)
            while low < high {
                let middle = low + (high - low) / 2
                if firsts[middle] < first { low = middle + 1 } else { high = middle }
            }
            return Int64(low) + 1
        }
    }

    private static func events(
        of sensor: SensorCore,
        _ plan: GenerationPlan,
        _ schedules: inout [SensorSchedule],
        _ signal: inout HealthySignal
    ) -> [(first: Int64, difficulty: Difficulty?)] {
        var scheduled: [ScheduledEvent] = []
        let run = 0..<plan.rows.tickCount
        plan.anomalies.forEachEvent(of: sensor, in: run, by: &schedules[sensor.profile]) { scheduled.append($0) }
        return scheduled.map { event in
            let first = plan.rows.position(ofSensor: sensor.index, tick: max(event.start, 0))
            guard event.type != .missingData else { return (first, nil) }
            let effect = AnomalyEffect(event, of: sensor, model: plan.anomalies, signal: &signal)
            return (first, effect.difficulty)
        }
    }

    /// The event of an anomalous reading; nil if there is none.
    func entry(ofSensor sensor: Int, position: Int64) -> Entry? {
        guard sensor + 1 < bounds.count else { return nil }
        var (low, high) = (bounds[sensor], bounds[sensor + 1])
        let begin = low
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].first <= position { low = middle + 1 } else { high = middle }
        }
        return low > begin ? entries[low - 1] : nil
    }
}

extension Difficulty {
    /// What each is in a row, by ``EventDirectory/code(of:)``.
    static let texts = [nil] + allCases.map { Optional($0.rawValue) }
}
