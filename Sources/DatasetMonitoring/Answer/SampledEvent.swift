import DatasetGen

/// An anomaly of a sensor, as far as its readings are among some that are shown.
struct SampledEvent: Hashable {
    let sensorID: String
    let type: AnomalyType
    /// The names of the metrics that it changes.
    let metrics: [String]
    /// The number of its first reading among them.
    let first: Int64
    /// The number of its last reading among them.
    private(set) var last: Int64

    /// The events of readings, in the order of their first readings.
    ///
    /// A normal reading lies between two events of a sensor, so that neighbours of one sensor are of one event.
    static func events(of readings: [MonitoredReading]) -> [SampledEvent] {
        var events: [SampledEvent] = []
        /// Per sensor: its event that the last reading was of.
        var open: [String: Int] = [:]
        for reading in readings {
            guard let type = reading.anomalyType else {
                open[reading.sensorID] = nil
                continue
            }
            if let place = open[reading.sensorID], events[place].type == type {
                events[place].last = reading.id
            } else {
                open[reading.sensorID] = events.count
                let metrics = reading.changedMetrics.elements.map { reading.schema[$0].name }
                events.append(
                    SampledEvent(
                        sensorID: reading.sensorID,
                        type: type,
                        metrics: metrics,
                        first: reading.id,
                        last: reading.id
                    )
                )
            }
        }
        return events
    }
}
