import DatasetGen
import DatasetLive
import DatasetMonitoring

extension MonitoredSensor {
    /// What monitoring shows of a sensor.
    init(_ sensor: Sensor) {
        self.init(id: sensor.id)
        city = sensor.place.name
        latitude = sensor.place.latitude?.double
        longitude = sensor.place.longitude?.double
        timezone = sensor.place.timezone
        firmwareVersion = sensor.firmwareVersion.text
        model = sensor.model
        manufacturer = sensor.manufacturer
    }
}

extension MonitoredReading {
    /// A reading, by ``Metric/rawValue``.
    init(
        id: Int64,
        time: SimulatedTime,
        sensorID: String,
        values: [Double?],
        anomalyType: AnomalyType?,
        changedMetrics: MetricSet?,
        schema: MetricSchema
    ) {
        self.init(id: id, timestamp: time, sensorID: sensorID, anomalyType: anomalyType, schema: schema)
        self.changedMetrics = changedMetrics ?? []
        for (index, value) in values.enumerated() {
            // More than any sensor resolves; zeros at the end are not shown.
            self[Metric(rawValue: index)] = value.map { FixedPoint(rounding: $0, decimals: 6) }
        }
    }

    /// A reading of a live run.
    init(_ reading: LiveReading) {
        self.init(
            id: reading.number,
            time: reading.time,
            sensorID: reading.sensorID,
            values: reading.values,
            anomalyType: reading.anomalyType,
            changedMetrics: reading.changedMetrics,
            schema: reading.schema
        )
    }
}
