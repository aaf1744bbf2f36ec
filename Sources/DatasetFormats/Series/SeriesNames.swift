package import DatasetGen

/// What a fleet's readings are as series of numbers, as Prometheus and its kin have them: one for each metric of a sensor,
/// one for its label.
///
/// `readings_temperature{location="Oslo",sensor_id="A"}`. What is text as a reading is a number here: a state its place
/// among the metric's states, from 0; a label its ``AnomalyType/rawValue``, 0 for none. A value that is NULL has no sample.
package struct SeriesNames: Sendable {
    /// What the samples of a series are.
    package enum Source: Hashable, Sendable {
        /// Readings of a metric.
        case metric(Int)
        /// What the healthy sensor would have reported.
        case clean(Int)
        /// What is anomalous.
        case label
    }

    /// The series of each sensor.
    package struct Series: Sendable {
        /// Its name, `__name__`.
        package let name: String
        /// What its samples are.
        package let source: Source
    }

    /// The series that each sensor has, as far as it has the metrics.
    package let all: [Series]
    /// The columns of the sensor that its series tell, in the order of their names.
    package let tags: [Column]
    /// What is measured.
    package let schema: MetricSchema

    /// - Parameters:
    ///   - schema: what is measured.
    ///   - prefix: what names begin with; `_` and the column follow.
    ///   - tags: columns of the sensor, `sensor_id` among them; those that are NULL or empty are left out.
    ///   - includesTwin: whether there are series of the healthy twin.
    ///   - includesLabels: whether there is one of labels.
    package init(
        _ schema: MetricSchema,
        prefix: String,
        tags: [Column],
        includesTwin: Bool,
        includesLabels: Bool
    ) {
        let metrics = schema.metrics.map { Series(name: "\(prefix)_\($0.name)", source: .metric($0.index)) }
        let twin = schema.metrics.map { Series(name: "\(prefix)_clean_\($0.name)", source: .clean($0.index)) }
        let label = [Series(name: "\(prefix)_\(Column.anomalyType.name)", source: .label)]
        all = metrics + (includesTwin ? twin : []) + (includesLabels ? label : [])
        self.tags = tags.sorted { $0.name < $1.name }
        self.schema = schema
    }

    /// What series of a sensor tell, in the order of the names; no text is empty.
    package func labels(of sensor: Sensor) -> [(name: String, text: String)] {
        tags.compactMap { tag in
            sensor.text(ofTag: tag).flatMap { $0.isEmpty ? nil : (tag.name, $0) }
        }
    }

    /// Digits behind the point of a sensor's samples, by metric; states are whole numbers.
    package func decimals(of sensor: Sensor) -> [UInt8] {
        zip(schema.metrics, schema.resolutions(of: sensor)).map { $0.states.isEmpty ? UInt8($1.decimals) : 0 }
    }

    /// Whether a text can be what names begin with.
    package static func isPrefix(_ text: String) -> Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = text.utf8.first, !digits.contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
    }
}
