/// Encodes blocks as JSON Lines: one nested object per reading, with the keys of the JSON log format.
///
/// Source: RFC 8259; one value a line as in jsonlines.org.
struct JSONLinesEncoder: BlockEncoder {
    /// What is constant about a sensor's rows.
    private struct Template {
        /// What follows the timestamp: `,"sensor_id":"…","readings":{`.
        var head: [UInt8]
        /// What follows the metrics: `},"location":{…},"anomaly":{"detected":`.
        var middle: [UInt8]
        /// What follows the label: `},"device":{…}}` and the newline.
        var tail: [UInt8]
        var decimals: [Int]
    }

    private let templates: [Template]
    private let rowLimit: Int
    private var timestamp: TimestampText

    init(sensors: [Sensor], timestamps: TimestampStyle) {
        templates = sensors.map(Self.template)
        rowLimit =
            (templates.map { $0.head.count + $0.middle.count + $0.tail.count }.max() ?? 0) + TimestampText.limit
            + 16 + Metric.allCases.reduce(0) { $0 + $1.name.utf8.count + 18 } + 40
        timestamp = TimestampText(timestamps)
    }

    var header: [UInt8] { [] }

    mutating func encode(_ block: borrowing ReadingBlock, into buffer: inout ByteBuffer) {
        let (sensors, times, labels) = (block.sensors, block.times, block.labels)
        let metrics = block.metrics
        var timestamp = timestamp
        buffer.write(atMost: block.count * rowLimit) { cursor in
            for row in sensors.indices {
                let label = Label(rawValue: labels[row])
                if label.isOmitted { continue }
                let template = templates[Int(sensors[row])]
                timestamp.set(times[row])
                if timestamp.isNumber {
                    cursor.write("{\"timestamp\":")
                    cursor.write(timestamp.bytes)
                } else {
                    cursor.write("{\"timestamp\":\"")
                    cursor.write(timestamp.bytes)
                    cursor.write(UInt8(ascii: "\""))
                }
                cursor.write(template.head)
                for metric in metrics.indices {
                    cursor.write(Self.metricKeys[metric])
                    let count = metrics[metric][row]
                    if count == ReadingBlock.null {
                        cursor.write("null")
                    } else {
                        cursor.write(count: count, decimals: template.decimals[metric])
                    }
                }
                cursor.write(template.middle)
                cursor.write(Self.anomalies[Int(labels[row])])
                cursor.write(template.tail)
            }
        }
        self.timestamp = timestamp
    }

    private static func template(_ sensor: Sensor) -> Template {
        let place = sensor.place
        let location: JSONValue = [
            "name": .string(place.name),
            "latitude": .decimal(place.latitude),
            "longitude": .decimal(place.longitude),
            "timezone": .text(place.timezone),
        ]
        let device: JSONValue = [
            "manufacturer": .string(sensor.manufacturer),
            "model": .string(sensor.model),
            "firmware": .string(sensor.firmwareVersion.text),
        ]
        return Template(
            head: Array(",\"sensor_id\":\(JSONValue.string(sensor.id).compactText),\"readings\":{".utf8),
            middle: Array("},\"location\":\(location.compactText),\"anomaly\":{\"detected\":".utf8),
            tail: Array("},\"device\":\(device.compactText)}\n".utf8),
            decimals: sensor.resolutions.map(\.decimals)
        )
    }

    /// `"temperature":`, and for the others with a comma before.
    private static let metricKeys = Metric.allCases.map { metric in
        Array("\(metric.rawValue == 0 ? "" : ",")\"\(metric.name)\":".utf8)
    }

    /// By ``AnomalyType/rawValue``, 0 for normal.
    private static let anomalies =
        [Array("false,\"type\":null".utf8)] + AnomalyType.allCases.map { Array("true,\"type\":\"\($0.name)\"".utf8) }
}
