package import DatasetGen

/// A row of the event table but for its number: an event, and where its readings are in the dataset.
package struct EventRow {
    package let event: AnomalyEvent
    /// The instant of the first reading.
    let start: SimulatedTime
    /// The instant of the first reading that does not belong to the event any more.
    let end: SimulatedTime
    /// Numbers of the first and the last reading; omitted readings count.
    let firstReading: Int64
    let lastReading: Int64
    /// The id of its incident, and the name of the city, group and so on that it hits; nil for an event of a sensor's own.
    let incident: (id: String, scopeName: String?)?

    /// The row of an event of a plan.
    package init(_ event: AnomalyEvent, of plan: GenerationPlan) {
        let (grid, rows) = (plan.grid(ofSensor: event.sensor), plan.rows)
        self.event = event
        incident = event.incident.map { (plan.id(of: $0), plan.scopeName(of: $0)) }
        start = grid.time(ofTick: event.ticks.lowerBound)
        end = grid.time(ofTick: event.ticks.upperBound)
        firstReading = rows.position(ofSensor: event.sensor, tick: event.ticks.lowerBound) + 1
        lastReading = rows.position(ofSensor: event.sensor, tick: event.ticks.upperBound - 1) + 1
    }
}
