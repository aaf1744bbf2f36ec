import DatasetGen

/// The bytes of rows that never change, prepared once: what is a sensor's, and what is a label's.
struct PGTemplates: Sendable {
    /// The bytes of all pieces.
    private(set) var bytes: [UInt8] = []
    /// By the sensor's index: the field of its number or name.
    private(set) var leads: [Range<Int>] = []
    /// By the sensor's index: the fields behind the label.
    private(set) var tails: [Range<Int>] = []
    /// By ``Label/rawValue``: the fields of the label.
    private(set) var labels: [Range<Int>] = []
    /// By ``Metric/rawValue``: in the narrow layout the field of its name.
    private(set) var metrics: [Range<Int>] = []
    /// Counts per unit of each sensor's readings, by ``Metric/rawValue``; those of all sensors.
    private(set) var scales: [Double] = []
    /// The most bytes that a row takes besides readings.
    private(set) var maximumLength = 0

    init(_ sensors: [Sensor], _ table: PGTable, sensorNumbers: [Int32]) {
        for sensor in sensors {
            var lead = ByteBuffer()
            var tail = ByteBuffer()
            if table.layout.hasSensorTable {
                lead.append(pgNumber: sensorNumbers[sensor.index])
            } else {
                lead.append(pgText: sensor.id)
                for value in SQLiteTemplates.metadata(of: sensor) { tail.append(value) }
                // Nothing has been synchronised.
                tail.append(pgBytes: [0])
            }
            leads.append(add(lead.bytes))
            tails.append(add(tail.bytes))
            scales += table.schema.resolutions(of: sensor).map(\.countsPerUnit)
        }
        for label in 0...AnomalyType.allCases.count {
            var text = ByteBuffer()
            if table.includesLabels {
                let type = AnomalyType(rawValue: UInt8(label))
                if table.layout == .wide { text.append(pgNumber: Int16(type == nil ? 0 : 1)) }
                if table.layout != .narrow { text.append(pgBytes: [type == nil ? 0 : 1]) }
                text.append(pgText: type?.name)
            }
            labels.append(add(text.bytes))
        }
        for metric in table.schema.metrics {
            var text = ByteBuffer()
            text.append(pgText: metric.name)
            metrics.append(add(text.bytes))
        }
        maximumLength = [leads, tails, labels, metrics].reduce(0) { $0 + ($1.map(\.count).max() ?? 0) }
    }

    private mutating func add(_ piece: [UInt8]) -> Range<Int> {
        let start = bytes.count
        bytes += piece
        return start..<bytes.count
    }
}

extension ByteBuffer {
    /// Appends a field of what is known of a sensor.
    fileprivate mutating func append(_ value: SQLiteValue) {
        switch value {
        case .null: append(pgBytes: nil)
        case .integer(let number): append(pgNumber: number)
        case .real(let number): append(pgNumber: number.bitPattern)
        case .text(let text): append(pgText: text)
        case .blob(let bytes): append(pgBytes: bytes)
        }
    }
}
