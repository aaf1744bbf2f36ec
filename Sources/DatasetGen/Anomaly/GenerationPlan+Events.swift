extension GenerationPlan {
    /// All events in the order of their first readings, as the event table has them; no reading is generated for them.
    ///
    /// - Complexity: O(events), on all cores; an event that lasts takes longer.
    package func allEvents() -> [AnomalyEvent] {
        let lists = inParallel(fleet.sensors.count, atLeast: 16) { range in
            var schedules = anomalies.makeSchedules()
            var healthy = signals.indices.map { pace in
                HealthySignal(signals[pace], sensorCount: rows.sensorCount(ofPace: pace))
            }
            var events: [(position: Int64, event: AnomalyEvent)] = []
            for index in range {
                let sensor = fleet.sensors[index].core
                let (pace, run) = (rows.pace(ofSensor: index), 0..<rows.tickCount(ofSensor: index))
                anomalies.forEachEvent(of: sensor, in: run, by: &schedules[sensor.profile]) { scheduled in
                    let effect = AnomalyEffect(scheduled, of: sensor, model: anomalies, signal: &healthy[pace])
                    let event = effect.event(in: run)
                    events.append((rows.position(ofSensor: index, tick: event.ticks.lowerBound), event))
                }
            }
            return events
        }
        return lists.flatMap { $0 }.sorted { $0.position < $1.position }.map { $0.event }
    }
}
