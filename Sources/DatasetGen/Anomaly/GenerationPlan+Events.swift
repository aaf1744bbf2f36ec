extension GenerationPlan {
    /// All events in the order of their first readings, as the event table has them.
    ///
    /// The dataset's readings are not generated for them; where realised sizes are asked for, those of the events are.
    /// - Complexity: O(events), on all cores; an event that lasts takes longer.
    package func allEvents() -> [AnomalyEvent] { events(beginningAt: 0..<rows.count) }

    /// The events whose first readings are at some positions, in the order of these.
    package func events(beginningAt positions: Range<Int64>) -> [AnomalyEvent] {
        guard !positions.isEmpty else { return [] }
        let instants = rows.windows(at: positions)
        let lists = inParallel(fleet.sensors.count, atLeast: 16) { range in
            var reader = EventReader(self)
            var events: [(position: Int64, event: AnomalyEvent)] = []
            for index in range {
                let ticks = rows.ticks(ofSensor: index, at: instants)
                guard let last = ticks.last, rows.position(ofSensor: index, tick: last) >= positions.lowerBound,
                    rows.position(ofSensor: index, tick: ticks.lowerBound) < positions.upperBound
                else { continue }
                let isWanted = { positions.contains(rows.position(ofSensor: index, tick: $0)) }
                reader.forEachEvent(ofSensor: index, in: ticks, where: isWanted) { first, event in
                    events.append((rows.position(ofSensor: index, tick: first), event))
                }
            }
            return events
        }
        return lists.flatMap { $0 }.sorted { $0.position < $1.position }.map { $0.event }
    }
}

extension GenerationPlan {
    /// How many events begin before a position; of no use once it is cancelled.
    ///
    /// - Complexity: O(events), on all cores.
    package func eventCount(before position: Int64, isCancelled: @Sendable () -> Bool = { false }) -> Int64 {
        guard position > 0 else { return 0 }
        let instants = 0..<rows.windows(at: 0..<position).upperBound
        let counts = inParallel(fleet.sensors.count, atLeast: 16) { range in
            var schedules = anomalies.makeSchedules()
            var count: Int64 = 0
            for index in range where !isCancelled() {
                let sensor = fleet.sensors[index].core
                let ticks = rows.ticks(ofSensor: index, at: instants)
                anomalies.forEachEvent(of: sensor, in: ticks, by: &schedules[sensor.profile]) { event in
                    if rows.position(ofSensor: index, tick: max(0, event.start)) < position { count += 1 }
                }
            }
            return count
        }
        return counts.reduce(0, +)
    }
}

extension RowGrid {
    /// The instants of the windows that readings at some positions are in.
    fileprivate func windows(at positions: Range<Int64>) -> Range<Int64> {
        let first = instant(at: positions.lowerBound) / window * window
        return first..<min(tickCount, (instant(at: positions.upperBound - 1) / window + 1) * window)
    }
}
