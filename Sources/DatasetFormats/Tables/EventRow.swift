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

    /// The row of an event of a plan.
    package init(_ event: AnomalyEvent, of plan: GenerationPlan) {
        let (grid, rows) = (plan.grid(ofSensor: event.sensor), plan.rows)
        self.event = event
        start = grid.time(ofTick: event.ticks.lowerBound)
        end = grid.time(ofTick: event.ticks.upperBound)
        firstReading = rows.position(ofSensor: event.sensor, tick: event.ticks.lowerBound) + 1
        lastReading = rows.position(ofSensor: event.sensor, tick: event.ticks.upperBound - 1) + 1
    }
}
