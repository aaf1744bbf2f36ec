package import DatasetGen

/// Which event a reading is of, and what its row says of it.
///
/// Events are numbered in the order of their first readings, as in `events.csv`: 16 bytes of memory for each.
package final class EventDirectory: Sendable {
    /// What a row says of its event.
    package struct Entry: Sendable {
        /// The position of its first reading.
        package let first: Int64
        private let packed: Int64

        package init(first: Int64, number: Int64, difficulty: Difficulty?) {
            self.first = first
            packed = number << 2 | Int64(EventDirectory.code(of: difficulty))
        }

        /// The same with another number.
        fileprivate func numbered(_ number: Int64) -> Entry { Entry(first, number << 2 | packed & 3) }

        private init(_ first: Int64, _ packed: Int64) { (self.first, self.packed) = (first, packed) }

        /// Its number in `events.csv`.
        package var number: Int64 { packed >> 2 }

        /// See ``EventDirectory/code(of:)``.
        package var difficultyCode: Int { Int(packed & 3) }
    }

    /// All sensors' entries; those of one by their first readings.
    private let entries: [Entry]
    /// Where those of a sensor begin, and the last ones end.
    private let bounds: [Int]
    /// What every anomalous reading is of, where only sizes count.
    private let typical: Entry?

    /// Difficulties by their number: 0 for none.
    static func code(of difficulty: Difficulty?) -> Int {
        difficulty.flatMap { Difficulty.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    }

    /// Consecutive sensors' events.
    package struct Part: Sendable {
        /// Those of one sensor by their first readings.
        fileprivate(set) var entries: [Entry] = []
        /// Where those of a sensor begin, and the last ones end.
        fileprivate var bounds = [0]

        /// No sensors.
        package init() {}

        /// Adds an event of the next sensor.
        package mutating func append(_ entry: Entry) { entries.append(entry) }

        /// Completes a sensor.
        package mutating func finishSensor() { bounds.append(entries.count) }
    }

    /// A directory of all sensors' events.
    package init(_ parts: [Part]) {
        var (entries, bounds): ([Entry], [Int]) = ([], [0])
        entries.reserveCapacity(parts.reduce(0) { $0 + $1.entries.count })
        for part in parts {
            bounds += part.bounds.dropFirst().map { entries.count + $0 }
            entries += part.entries
        }
        (self.entries, self.bounds, typical) = (entries, bounds, nil)
    }

    /// A stand-in whose every event is the same, for rows of which only the size counts.
    package init(typical entry: Entry) { (entries, bounds, typical) = ([], [], entry) }

    /// About how many bytes of memory a directory of some events takes while it is made.
    ///
    /// Measured: 41 bytes each for 21 million events, and a tenth more.
    package static func neededBytes(eventCount: Double) -> Int64 { Int64(min(eventCount * 45, 1e18)) }

    /// The events of a plan; O(events), on all cores.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - needsDifficulties: whether their difficulties are looked up too, which takes longer.
    ///   - isCancelled: asked for every sensor; after true it is of no use.
    package convenience init(
        _ plan: GenerationPlan,
        needsDifficulties: Bool,
        isCancelled: @Sendable () -> Bool = { false }
    ) {
        let parts = inParallel(plan.fleet.sensors.count, atLeast: 16) { range in
            var schedules = plan.anomalies.makeSchedules()
            var signals = plan.signals.indices.map { pace in
                HealthySignal(plan.signals[pace], sensorCount: plan.rows.sensorCount(ofPace: pace))
            }
            var part = Part()
            for index in range where !isCancelled() {
                let sensor = plan.fleet.sensors[index].core
                let (pace, run) = (plan.rows.pace(ofSensor: index), 0..<plan.rows.tickCount(ofSensor: index))
                plan.anomalies.forEachEvent(of: sensor, in: run, by: &schedules[sensor.profile]) { event in
                    let first = plan.rows.position(ofSensor: index, tick: max(event.start, 0))
                    let difficulty =
                        needsDifficulties ? Self.difficulty(of: event, sensor, plan.anomalies, &signals[pace]) : nil
                    part.append(Entry(first: first, number: 0, difficulty: difficulty))
                }
                part.finishSensor()
            }
            return part
        }
        var firsts: [Int64] = []
        firsts.reserveCapacity(parts.reduce(0) { $0 + $1.entries.count })
        for part in parts { firsts += part.entries.lazy.map(\.first) }
        firsts.sort()
        self.init(
            inParallel(parts.count, atLeast: 1) { [firsts] range in
                parts[range].map { $0.numbered(by: firsts) }
            }
            .flatMap { $0 }
        )
    }

    private static func difficulty(
        of event: ScheduledEvent,
        _ sensor: SensorCore,
        _ model: AnomalyModel,
        _ signal: inout HealthySignal
    ) -> Difficulty? {
        guard event.type != .missingData else { return nil }
        return EffectDraw(event, of: sensor, model: model).drawnDifficulty
            ?? AnomalyEffect(event, of: sensor, model: model, signal: &signal).difficulty
    }

    /// The event of an anomalous reading; nil if there is none.
    package func entry(ofSensor sensor: Int, position: Int64) -> Entry? {
        if let typical { return typical }
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

extension EventDirectory.Part {
    /// The same with the numbers that events have whose first readings are these, in rising order.
    fileprivate func numbered(by firsts: [Int64]) -> Self {
        var numbered = self
        for (index, entry) in entries.enumerated() {
            var (low, high) = (0, firsts.count)
            while low < high {
                let middle = low + (high - low) / 2
                if firsts[middle] < entry.first { low = middle + 1 } else { high = middle }
            }
            numbered.entries[index] = entry.numbered(Int64(low) + 1)
        }
        return numbered
    }
}

extension Difficulty {
    /// What each is in a row, by ``EventDirectory/code(of:)``.
    package static let texts = [nil] + allCases.map { Optional($0.rawValue) }
}
