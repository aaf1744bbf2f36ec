package import DatasetGen

/// Turns readings into payloads of Sparkplug B: each is the DDATA of a device, which is its sensor.
///
/// What belongs to the sending is not in them: the time, and the number in the sequence of its node. Fields may stand in any
/// order, so that both are appended then.
///
/// Source: https://sparkplug.eclipse.org/specification, chapter 6, and its `sparkplug_b.proto`.
package struct SparkplugEncoder: Sendable {
    /// Numbers of fields in a metric.
    private enum Field {
        static let name: UInt64 = 1
        static let timestamp: UInt64 = 3
        static let type: UInt64 = 4
        static let isHistorical: UInt64 = 5
        static let isNull: UInt64 = 7
        static let long: UInt64 = 11
        static let double: UInt64 = 13
        static let boolean: UInt64 = 14
        static let text: UInt64 = 15
    }

    /// Numbers of types.
    private enum DataType {
        static let unsignedLong: UInt64 = 8
        static let double: UInt64 = 10
        static let boolean: UInt64 = 11
        static let text: UInt64 = 12
    }

    /// The field of a payload that holds a metric.
    private static let metric: UInt64 = 2

    private let schema: MetricSchema
    /// Per sensor: the metrics that it measures, and counts in one unit.
    private let measured: [[(metric: Int, scale: Double)]]
    private let births: [[(name: String, value: String)]]
    private let includesLabels: Bool
    private let isHistorical: Bool
    private var inner = ProtobufBytes()
    private var payload = ProtobufBytes()

    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - schema: what is measured.
    ///   - includesLabels: whether the metrics `anomaly` and `anomaly_type` tell what is anomalous.
    ///   - isHistorical: whether readings are of the past, and not what devices report now.
    package init(sensors: [Sensor], schema: MetricSchema, includesLabels: Bool, isHistorical: Bool) {
        (self.schema, self.includesLabels, self.isHistorical) = (schema, includesLabels, isHistorical)
        measured = sensors.map { sensor in
            zip(schema.all, schema.resolutions(of: sensor)).enumerated()
                .filter { sensor.measures($0.element.0) }
                .map { ($0.offset, $0.element.1.countsPerUnit) }
        }
        births = sensors.map { sensor in
            Column.metadata.compactMap { column in sensor.text(of: column).map { ("Properties/" + column.name, $0) } }
        }
    }

    /// Appends the messages of some readings.
    mutating func append(_ readings: ReadingSlice, to messages: EncodedMessages) {
        for index in 0..<readings.count where !readings.isOmitted(index) {
            let sensor = Int(readings.sensors[readings.places.lowerBound + index])
            let row = readings.rows.lowerBound + index
            // Times before 1970 do not exist there.
            let milliseconds = UInt64(max(0, readings.times[readings.places.lowerBound + index] / 1_000))
            payload.removeAll()
            for (metric, scale) in measured[sensor] {
                let count = readings.metrics[metric][row]
                let description = schema.metrics[metric]
                begin(description.name, description.states.isEmpty ? DataType.double : DataType.text, milliseconds)
                if count == ReadingBlock.null {
                    inner.append(Field.isNull, number: 1)
                } else if description.states.isEmpty {
                    inner.append(Field.double, double: Double(count) / scale)
                } else {
                    inner.append(Field.text, description.states[Int(count)].utf8)
                }
                payload.append(Self.metric, inner.bytes)
            }
            if includesLabels { append(Label(rawValue: readings.labels[row]), milliseconds) }
            messages.bytes.append(payload.bytes)
            messages.add(reading: index, of: readings, endingAt: messages.bytes.count)
        }
    }

    private mutating func append(_ label: Label, _ milliseconds: UInt64) {
        begin("anomaly", DataType.boolean, milliseconds)
        inner.append(Field.boolean, number: label.isAnomalous ? 1 : 0)
        payload.append(Self.metric, inner.bytes)
        begin("anomaly_type", DataType.text, milliseconds)
        if let type = label.anomalyType {
            inner.append(Field.text, type.name.utf8)
        } else {
            inner.append(Field.isNull, number: 1)
        }
        payload.append(Self.metric, inner.bytes)
    }

    private mutating func begin(_ name: String, _ type: UInt64, _ milliseconds: UInt64) {
        inner.removeAll()
        inner.append(Field.name, name.utf8)
        inner.append(Field.timestamp, number: milliseconds)
        inner.append(Field.type, number: type)
        if isHistorical { inner.append(Field.isHistorical, number: 1) }
    }

    /// The metrics of a device's DBIRTH: what its sensor measures, without values yet, and what is known of it.
    package func deviceBirth(ofSensor sensor: Int) -> [UInt8] {
        var payload = ProtobufBytes()
        var names = measured[sensor].map { (schema.metrics[$0.metric].name, !schema.metrics[$0.metric].states.isEmpty) }
        if includesLabels { names.append(("anomaly_type", true)) }
        for (name, isText) in names {
            var metric = ProtobufBytes()
            metric.append(Field.name, name.utf8)
            metric.append(Field.type, number: isText ? DataType.text : DataType.double)
            metric.append(Field.isNull, number: 1)
            payload.append(Self.metric, metric.bytes)
        }
        if includesLabels {
            var metric = ProtobufBytes()
            metric.append(Field.name, "anomaly".utf8)
            metric.append(Field.type, number: DataType.boolean)
            metric.append(Field.isNull, number: 1)
            payload.append(Self.metric, metric.bytes)
        }
        for (name, value) in births[sensor] {
            var metric = ProtobufBytes()
            metric.append(Field.name, name.utf8)
            metric.append(Field.type, number: DataType.text)
            metric.append(Field.text, value.utf8)
            payload.append(Self.metric, metric.bytes)
        }
        return payload.bytes
    }

    /// The metric of NBIRTH and NDEATH that says which session of a node they are of.
    package static func session(_ number: UInt64) -> [UInt8] {
        var (payload, metric) = (ProtobufBytes(), ProtobufBytes())
        metric.append(Field.name, "bdSeq".utf8)
        metric.append(Field.type, number: DataType.unsignedLong)
        metric.append(Field.long, number: number)
        payload.append(Self.metric, metric.bytes)
        return payload.bytes
    }

    private static let rebirthName = "Node Control/Rebirth"

    /// Whether a command to a node has it tell its births again: the metric of ``rebirth`` is true in it.
    package static func asksForRebirth(_ command: [UInt8]) -> Bool {
        ProtobufReader(command).messages(of: metric)
            .contains { metric in
                let fields = ProtobufReader(metric)
                return fields.messages(of: Field.name).contains(Array(rebirthName.utf8))
                    && fields.number(of: Field.boolean) == 1
            }
    }

    /// The metric of NBIRTH by which the node is asked for its births again.
    package static var rebirth: [UInt8] {
        var (payload, metric) = (ProtobufBytes(), ProtobufBytes())
        metric.append(Field.name, rebirthName.utf8)
        metric.append(Field.type, number: DataType.boolean)
        metric.append(Field.boolean, number: 0)
        payload.append(Self.metric, metric.bytes)
        return payload.bytes
    }

    /// What is appended to a payload when it is sent.
    ///
    /// - Parameters:
    ///   - milliseconds: the time, since 1970.
    ///   - sequence: the number in the node's sequence; nil for NDEATH, which has none.
    /// - Returns: the fields.
    package static func stamp(at milliseconds: UInt64, _ sequence: UInt8?) -> [UInt8] {
        var payload = ProtobufBytes()
        payload.append(1, number: milliseconds)
        if let sequence { payload.append(3, number: UInt64(sequence)) }
        return payload.bytes
    }
}
