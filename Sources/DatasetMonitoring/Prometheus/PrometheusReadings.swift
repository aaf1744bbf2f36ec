import DatasetGen

/// The sensors' current readings in `/metrics`: a family for each metric, a series for each sensor.
struct PrometheusReadings {
    private let readings: [MonitoredReading]
    private var text = PrometheusText()

    /// How many series the readings of a run take.
    static func seriesCount(of run: RunStatus) -> Int {
        // A metric is one series and a state as many as it has texts; the last is whether the reading is anomalous.
        run.schema.metrics.reduce(run.sensorCount) { count, metric in
            count + (run.measuringSensors?[metric.index] ?? run.sensorCount) * max(1, metric.states.count)
        }
    }

    /// The families of some readings.
    ///
    /// - Complexity: O(series): some microseconds each.
    static func text(of readings: [MonitoredReading]) -> String {
        var families = PrometheusReadings(readings: readings)
        if let schema = readings.first?.schema { families.describe(schema) }
        return families.text.text
    }

    private mutating func describe(_ schema: MetricSchema) {
        let name = "gen_dataset_sensor_anomalous"
        text.begin(name, .gauge, "Whether the sensor's current reading is labelled as anomalous.")
        for reading in readings {
            text.sample(name, labels: ["sensor_id": reading.sensorID], value: reading.anomalyType == nil ? 0 : 1)
        }
        let names = Self.names(of: schema)
        for metric in schema.all { describe(metric, schema[metric], as: names[metric.rawValue]) }
    }

    private mutating func describe(_ metric: Metric, _ description: MetricDescription, as name: String) {
        let unit = description.unit.isEmpty ? "" : " in \(description.unit)"
        guard description.states.isEmpty else {
            text.begin(
                name,
                .gauge,
                "\(description.summary), as the sensor reports it now: 1 for the state that it is."
            )
            for reading in readings {
                guard let current = reading.state(metric) else { continue }
                for state in description.states {
                    let labels: KeyValuePairs = ["sensor_id": reading.sensorID, "state": state]
                    text.sample(name, labels: labels, value: state == current ? 1 : 0)
                }
            }
            return
        }
        text.begin(name, .gauge, "\(description.summary)\(unit), as the sensor reports it now.")
        for reading in readings {
            guard let value = reading[metric] else { continue }
            text.sample(name, labels: ["sensor_id": reading.sensorID], value: value.text)
        }
    }

    /// By ``Metric/rawValue``: the metric's name with the unit behind it, unless that would be another metric's.
    static func names(of schema: MetricSchema) -> [String] {
        let prefix = "gen_dataset_reading_"
        var taken = Set(schema.metrics.map { prefix + $0.name })
        return schema.metrics.map { metric in
            guard let unit = PrometheusUnit.name(of: metric.unit), !metric.name.hasSuffix("_" + unit),
                taken.insert(prefix + metric.name + "_" + unit).inserted
            else { return prefix + metric.name }
            return prefix + metric.name + "_" + unit
        }
    }
}
