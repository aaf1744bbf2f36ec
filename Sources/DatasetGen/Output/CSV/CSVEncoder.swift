/// Encodes blocks as comma-separated values: the columns of `sensor_data` in their order.
struct CSVEncoder: BlockEncoder {
    /// What is constant about a sensor's rows.
    private struct Template {
        /// What stands between the timestamp and the metrics: `,sensor_id,`.
        var head: [UInt8]
        /// What follows the label: `,firmware_version,…,synced` and the newline.
        var tail: [UInt8]
        var decimals: [Int]
    }

    private let templates: [Template]
    private let rowLimit: Int
    private var timestamp: TimestampText

    init(sensors: [Sensor], timestamps: TimestampStyle) {
        templates = sensors.map { sensor in
            Template(
                head: Array(",\(CSVText.field(sensor.id)),".utf8),
                tail: Array(("," + CSVText.line(sensor.metadata + ["0"])).utf8),
                decimals: sensor.resolutions.map(\.decimals)
            )
        }
        // Numbers and timestamp, two flags, the longest anomaly type and commas.
        rowLimit =
            (templates.map { $0.head.count + $0.tail.count }.max() ?? 0) + ByteCursor.decimalLimit
            + TimestampText.limit + Metric.count * 14 + 24
        timestamp = TimestampText(timestamps)
    }

    var header: [UInt8] { Array(CSVText.line(Column.allCases.map(\.name)).utf8) }

    mutating func encode(_ block: borrowing ReadingBlock, into buffer: inout ByteBuffer) {
        let (sensors, times, labels) = (block.sensors, block.times, block.labels)
        let metrics = block.metrics
        let firstNumber = block.firstNumber
        var timestamp = timestamp
        buffer.write(atMost: block.count * rowLimit) { cursor in
            for row in sensors.indices {
                let label = Label(rawValue: labels[row])
                if label.isOmitted { continue }
                let template = templates[Int(sensors[row])]
                timestamp.set(times[row])
                cursor.write(decimal: firstNumber + Int64(row))
                cursor.write(UInt8(ascii: ","))
                cursor.write(timestamp.bytes)
                cursor.write(template.head)
                for metric in metrics.indices {
                    let count = metrics[metric][row]
                    if count != ReadingBlock.null { cursor.write(count: count, decimals: template.decimals[metric]) }
                    cursor.write(UInt8(ascii: ","))
                }
                if label.isAnomalous {
                    cursor.write("1,1,")
                    cursor.write(Self.typeNames[Int(labels[row])])
                } else {
                    cursor.write("0,0,")
                }
                cursor.write(template.tail)
            }
        }
        self.timestamp = timestamp
    }

    /// By ``AnomalyType/rawValue``.
    private static let typeNames = [[]] + AnomalyType.allCases.map { Array($0.name.utf8) }
}
