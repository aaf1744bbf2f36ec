/// An incident as it happens within a run: when, and on how many sensors.
package struct RunIncident: Hashable, Sendable {
    /// Which one it is.
    package let reference: IncidentReference
    /// When the first sensor that it hits reports it, or the start of the run.
    package fileprivate(set) var start: SimulatedTime
    /// When the last sensor has got over it, or the end of the run.
    package fileprivate(set) var end: SimulatedTime
    /// How many sensors have an event of it.
    package fileprivate(set) var sensors: Int
}

extension GenerationPlan {
    /// The incidents of the run that hit any sensor, in the order of their starts.
    ///
    /// - Complexity: O(sensors · incidents of each), on all cores; no reading is generated.
    package func runIncidents() -> [RunIncident] {
        guard !anomalies.incidents.isEmpty else { return [] }
        let lists = inParallel(fleet.sensors.count, atLeast: 16) { range in
            var found: [IncidentReference: RunIncident] = [:]
            for index in range {
                let sensor = fleet.sensors[index].core
                let (grid, run) = (grid(ofSensor: index), 0..<rows.tickCount(ofSensor: index))
                for event in anomalies.incidents.events(of: sensor, in: run, on: grid) {
                    guard let cause = event.cause else { continue }
                    let ticks = event.ticks.clamped(to: run)
                    let scope = anomalies.incidents.scope(ofCause: cause, sensor)
                    let reference = IncidentReference(cause: cause, scope: scope, number: event.number)
                    found.merge(
                        RunIncident(
                            reference: reference,
                            start: grid.time(ofTick: ticks.lowerBound),
                            end: grid.time(ofTick: ticks.upperBound),
                            sensors: 1
                        )
                    )
                }
            }
            return found
        }
        var all: [IncidentReference: RunIncident] = [:]
        for incident in lists.joined() { all.merge(incident.value) }
        return all.values.sorted { $0.order < $1.order }
    }
}

extension RunIncident {
    /// By start; of incidents that start at one time, as the recipe lists them.
    fileprivate var order: (Int64, Int, Int, Int64) {
        (start.microseconds, reference.cause, reference.scope, reference.number)
    }
}

extension [IncidentReference: RunIncident] {
    /// Adds what an incident does to other sensors.
    fileprivate mutating func merge(_ other: RunIncident) {
        guard let known = self[other.reference] else {
            self[other.reference] = other
            return
        }
        self[other.reference] = RunIncident(
            reference: known.reference,
            start: Swift.min(known.start, other.start),
            end: Swift.max(known.end, other.end),
            sensors: known.sensors + other.sensors
        )
    }
}
