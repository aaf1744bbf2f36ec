import DatasetGen

/// A row of the event table but for its number: an event, and where its readings are in the dataset.
package struct EventRow {
    var event: AnomalyEvent
    /// The names of the event's metrics.
    var metrics: String
    var sensorID: String
    /// The instant of the first reading.
    var start: SimulatedTime
    /// The instant of the first reading that does not belong to the event any more.
    var end: SimulatedTime
    /// Numbers of the first and the last reading; omitted readings count.
    var firstReading: Int64
    var lastReading: Int64

    /// The row of an event of the sensor that is named `sensorID`.
    init(_ event: AnomalyEvent, sensorID: String, schema: MetricSchema, grid: TickGrid, rows: RowGrid) {
        self.event = event
        metrics = event.metrics.names(of: schema)
        self.sensorID = sensorID
        start = grid.time(ofTick: event.ticks.lowerBound)
        end = grid.time(ofTick: event.ticks.upperBound)
        firstReading = rows.position(ofSensor: event.sensor, tick: event.ticks.lowerBound) + 1
        lastReading = rows.position(ofSensor: event.sensor, tick: event.ticks.upperBound - 1) + 1
    }
}
