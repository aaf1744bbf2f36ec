/// A row of the event table but for its number: an event, and where its readings are in the dataset.
struct EventRow {
    var event: AnomalyEvent
    var sensorID: String
    /// The instant of the first reading.
    var start: SimulatedTime
    /// The instant of the first reading that does not belong to the event any more.
    var end: SimulatedTime
    /// Numbers of the first and the last reading; omitted readings count.
    var firstReading: Int64
    var lastReading: Int64

    init(_ event: AnomalyEvent, plan: GenerationPlan) {
        self.event = event
        sensorID = plan.fleet.sensors[event.sensor].id
        start = plan.recipe.grid.time(ofTick: event.ticks.lowerBound)
        end = plan.recipe.grid.time(ofTick: event.ticks.upperBound)
        firstReading = plan.rows.position(ofSensor: event.sensor, tick: event.ticks.lowerBound) + 1
        lastReading = plan.rows.position(ofSensor: event.sensor, tick: event.ticks.upperBound - 1) + 1
    }
}
