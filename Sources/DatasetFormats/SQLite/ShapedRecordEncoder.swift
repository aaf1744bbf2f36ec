package import DatasetGen

/// What turns blocks of readings into the leaf pages of the table `sensor_data`; each worker has its own.
package protocol SQLiteRowEncoder: Sendable {
    /// Bytes of a reading without anomaly in its leaf, at least and on the mean of the sensors; 0 without sensors.
    var meanRowBytes: Double { get }

    /// Replaces `run` by the pages of a block; readings that are to be omitted have no row.
    mutating func encode(_ readings: ReadingSlice, into run: inout LeafPageRun)
}

extension SQLiteReadingsEncoder: SQLiteRowEncoder {}

/// Turns readings into records of any columns, in the wide layout or in the narrow one.
package struct ShapedRecordEncoder: SQLiteRowEncoder {
    private let layout: SQLitePageLayout
    private let timestamps: TimestampStyle
    /// The serial types of a record, of which those that differ from row to row take a byte each.
    private let types: RowScripts
    private let contents: RowScripts
    private let rowsOfSensors: RowsOfSensors
    private let labels: LabelTexts
    private let states: StateTexts
    private let difficulties: [[UInt8]]
    /// Counts per unit of each sensor's readings, by ``Metric/rawValue``; those of all sensors.
    private let scales: [Double]
    private let metricCount: Int
    private let events: EventDirectory?
    private let splits: SplitTable?
    /// The parts of the splits by their codes.
    private let splitTexts: [[UInt8]]
    /// Whether rows tell when they have arrived.
    private let hasArrivals: Bool
    private var time = ByteBuffer()
    private var record = ByteBuffer()

    /// Prepares what never changes in the records of each sensor.
    package init(_ output: ReadingOutput, sensors: [Sensor]) {
        layout = output.pageLayout
        timestamps = output.parameters.timestamps
        types = RowScripts(output.typeCells, sensors)
        contents = RowScripts(output.contentCells, sensors)
        rowsOfSensors = RowsOfSensors(output, sensors)
        labels = LabelTexts { $0?.name ?? "" }
        states = StateTexts(output.schema) { $0 }
        difficulties = ReadingOutput.difficulties { $0 ?? "" }
        scales = sensors.flatMap { output.schema.resolutions(of: $0).map(\.countsPerUnit) }
        metricCount = output.schema.metrics.count
        events = output.events
        splits = output.splits
        splitTexts = output.splitTexts { $0 ?? "" }
        hasArrivals = output.columns.contains(.arrivalTime)
    }

    package var meanRowBytes: Double {
        let count = types.ownCounts.count
        guard count > 0 else { return 0 }
        var bytes = 0
        for sensor in 0..<count {
            for row in types.scripts.indices where rowsOfSensors.has(row, ofSensor: sensor) {
                // Length, rowid and the pointer to the cell take some bytes besides; a text of a state may have but one.
                bytes += typeBytes(row, sensor) + contents.sharedCounts[row] + contents.ownCounts[sensor] + 7
                for value in contents.values[row] {
                    switch value {
                    case .time, .arrival: bytes += timestamps.storedLength
                    case .metric(let metric), .clean(let metric): bytes += states.isState(metric) ? 1 : 8
                    case .split: bytes += splitTexts.last?.count ?? 0
                    case .number, .label, .eventID, .difficulty: break
                    }
                }
            }
        }
        return Double(bytes) / Double(count)
    }

    /// The bytes of a record's types.
    private func typeBytes(_ row: Int, _ sensor: Int) -> Int {
        types.sharedCounts[row] + types.ownCounts[sensor] + types.values[row].count
    }

    /// - Complexity: O(values).
    package mutating func encode(_ readings: ReadingSlice, into run: inout LeafPageRun) {
        run.removeAll()
        // Moved out and back, as the rest is only read meanwhile.
        var (time, record) = (ByteBuffer(), ByteBuffer())
        swap(&time, &self.time)
        swap(&record, &self.record)
        append(readings, to: &run, &time, &record)
        swap(&time, &self.time)
        swap(&record, &self.record)
        run.finish()
    }

    private func append(
        _ readings: ReadingSlice,
        to run: inout LeafPageRun,
        _ time: inout ByteBuffer,
        _ record: inout ByteBuffer
    ) {
        var writer = TimestampWriter(timestamps)
        var (arrivalWriter, arrivalTime) = (TimestampWriter(timestamps), ByteBuffer())
        var cachedTime: Int64?
        let (rows, places) = (readings.rows, readings.places)
        let (sensors, times) = (readings.sensors.span.extracting(places), readings.times.span.extracting(places))
        let labels = readings.labels.span.extracting(rows)
        for row in 0..<readings.count {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            if times[row] != cachedTime {
                cachedTime = times[row]
                timestamps.store(times[row], &writer, in: &time)
            }
            let sensor = Int(sensors[row])
            let number = readings.number(of: row)
            if hasArrivals { timestamps.store(readings.arrival(of: row), &arrivalWriter, in: &arrivalTime) }
            let reading = Row(
                place: rows.lowerBound + row,
                sensor: sensor,
                label: label,
                event: label.isAnomalous ? events?.entry(ofSensor: sensor, position: number - 1) : nil,
                split: splits?.code(ofSensor: sensor, position: number - 1, isAnomalous: label.isAnomalous) ?? 0
            )
            for line in types.scripts.indices where rowsOfSensors.has(line, ofSensor: sensor) {
                let count = length(line, reading, readings)
                let rowID = rowsOfSensors.number(of: line, ofReading: number)
                if count <= layout.maximumLocalPayload {
                    run.append(rowID: rowID, count: count) {
                        write(line, reading, readings, time.bytes.span, arrivalTime.bytes.span, to: &$0)
                    }
                } else {
                    record.removeAll()
                    record.append(atMost: count) {
                        write(line, reading, readings, time.bytes.span, arrivalTime.bytes.span, to: &$0)
                    }
                    run.append(rowID: rowID, payload: record.bytes.span)
                }
            }
        }
    }

    /// A reading on its way into its records.
    private struct Row {
        let place: Int
        let sensor: Int
        let label: Label
        let event: EventDirectory.Entry?
        let split: Int
    }

    /// The bytes of a record.
    private func length(_ line: Int, _ row: Row, _ readings: ReadingSlice) -> Int {
        var length = SQLiteRecord.headerLength(ofTypes: typeBytes(line, row.sensor))
        length += contents.sharedCounts[line] + contents.ownCounts[row.sensor]
        for value in contents.values[line] {
            switch value {
            case .time, .arrival: length += timestamps.storedLength
            case .metric(let metric): length += self.length(metric, readings.metrics[metric][row.place])
            case .clean(let metric): length += self.length(metric, readings.clean[metric][row.place])
            case .label(.type):
                length += labels.bounds[Int(row.label.rawValue) + 1] - labels.bounds[Int(row.label.rawValue)]
            case .eventID: length += row.event.map { SQLiteRecord.contentLength(ofType: .init(eventID: $0)) } ?? 0
            case .difficulty: length += difficulties[row.event?.difficultyCode ?? 0].count
            case .split: length += splitTexts[row.split].count
            case .number, .label: break
            }
        }
        return length
    }

    @inline(__always)
    private func length(_ metric: Int, _ count: Int32) -> Int {
        count == ReadingBlock.null ? 0 : states.range(metric, count)?.count ?? 8
    }

    private func write(
        _ line: Int,
        _ row: Row,
        _ readings: ReadingSlice,
        _ time: Span<UInt8>,
        _ arrival: Span<UInt8>,
        to writer: inout ByteWriter
    ) {
        writer.append(varint: UInt64(SQLiteRecord.headerLength(ofTypes: typeBytes(line, row.sensor))))
        for step in types.scripts[line] {
            switch step {
            case .shared(let range): writer.append(types.bytes.span.extracting(range))
            case .own(let piece):
                writer.append(types.bytes.span.extracting(types.pieces[row.sensor &* types.pieceCount &+ piece]))
            case .value(let value): writer.append(varint: type(of: value, row, readings))
            }
        }
        for step in contents.scripts[line] {
            switch step {
            case .shared(let range): writer.append(contents.bytes.span.extracting(range))
            case .own(let piece):
                writer.append(
                    contents.bytes.span.extracting(contents.pieces[row.sensor &* contents.pieceCount &+ piece])
                )
            case .value(.time): writer.append(time)
            case .value(.arrival): writer.append(arrival)
            case .value(let value): write(value, row, readings, to: &writer)
            }
        }
    }

    /// The serial type of a value that differs from row to row.
    private func type(of value: RowValue, _ row: Row, _ readings: ReadingSlice) -> UInt64 {
        switch value {
        case .metric(let metric): return type(of: metric, readings.metrics[metric][row.place])
        case .clean(let metric): return type(of: metric, readings.clean[metric][row.place])
        case .label(.type):
            let text = Int(row.label.rawValue)
            return row.label.isAnomalous
                ? SQLiteRecord.text(count: labels.bounds[text + 1] - labels.bounds[text]) : SQLiteRecord.null
        case .label: return row.label.isAnomalous ? SQLiteTemplates.anomalous : SQLiteTemplates.normal
        case .eventID: return row.event.map { UInt64(eventID: $0) } ?? SQLiteRecord.null
        case .difficulty:
            let code = row.event?.difficultyCode ?? 0
            return code == 0 ? SQLiteRecord.null : SQLiteRecord.text(count: difficulties[code].count)
        case .split:
            return row.split == 0 ? SQLiteRecord.null : SQLiteRecord.text(count: splitTexts[row.split].count)
        case .number, .time, .arrival: return SQLiteRecord.null
        }
    }

    @inline(__always)
    private func type(of metric: Int, _ count: Int32) -> UInt64 {
        if count == ReadingBlock.null { return SQLiteRecord.null }
        return states.range(metric, count).map { SQLiteRecord.text(count: $0.count) } ?? SQLiteRecord.real
    }

    @inline(__always)
    private func write(_ value: RowValue, _ row: Row, _ readings: ReadingSlice, to writer: inout ByteWriter) {
        switch value {
        case .metric(let metric): write(metric, readings.metrics[metric][row.place], row.sensor, to: &writer)
        case .clean(let metric): write(metric, readings.clean[metric][row.place], row.sensor, to: &writer)
        case .label(.type):
            let text = Int(row.label.rawValue)
            writer.append(labels.bytes.span.extracting(labels.bounds[text]..<labels.bounds[text + 1]))
        case .eventID:
            guard let event = row.event else { return }
            writer.append(bigEndian: event.number, count: SQLiteRecord.contentLength(ofType: .init(eventID: event)))
        case .difficulty:
            let text = difficulties[row.event?.difficultyCode ?? 0]
            writer.append(text.span)
        case .split:
            let text = splitTexts[row.split]
            writer.append(text.span)
        case .number, .time, .arrival, .label: break
        }
    }

    @inline(__always)
    private func write(_ metric: Int, _ count: Int32, _ sensor: Int, to writer: inout ByteWriter) {
        if count == ReadingBlock.null { return }
        if let text = states.range(metric, count) {
            writer.append(states.bytes.span.extracting(text))
        } else {
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            writer.append(bigEndian: Double(count) / scales[sensor &* metricCount &+ metric])
        }
    }
}

extension UInt64 {
    /// The serial type of an event's number.
    fileprivate init(eventID event: EventDirectory.Entry) { self = SQLiteRecord.integer(event.number) }
}

extension ReadingOutput {
    /// The serial types of the rows of a reading.
    fileprivate var typeCells: [[RowCell]] {
        rowsOfReading.map { metric in
            columns.map { column in
                switch column {
                // The rowid's alias is NULL in the record.
                case .id: .text(Self.varint(SQLiteRecord.null))
                case .timestamp, .arrivalTime: .text(Self.varint(parameters.timestamps.serialType))
                default:
                    if let value = column.value(of: metric) {
                        .value(value)
                    } else if let value = column.constant(of: metric) {
                        .text(Self.varint(value.serialType))
                    } else {
                        .sensor(column) { Self.varint($0.value(of: column).serialType) }
                    }
                }
            }
        }
    }

    /// The values of the rows of a reading, without their types.
    fileprivate var contentCells: [[RowCell]] {
        rowsOfReading.map { metric in
            columns.map { column in
                switch column {
                case .id, .statusCode, .anomalyFlag: .text([])
                default:
                    if let value = column.value(of: metric) {
                        .value(value)
                    } else if let value = column.constant(of: metric) {
                        .text(Self.content(value))
                    } else {
                        .sensor(column) { Self.content($0.value(of: column)) }
                    }
                }
            }
        }
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.append(atMost: 9) { $0.append(varint: value) }
        return buffer.bytes
    }

    private static func content(_ value: SQLiteValue) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.append(atMost: SQLiteRecord.contentLength(ofType: value.serialType)) { value.write(to: &$0) }
        return buffer.bytes
    }
}

extension Column {
    /// The value that all rows of a metric have; nil where it is another one.
    package func constant(of metric: MetricDescription?) -> SQLiteValue? {
        switch self {
        case .synced: .integer(0)
        case .metricName: metric.map { .text($0.name) }
        default: nil
        }
    }
}

extension Sensor {
    /// The value that all rows of the sensor have in a column.
    package func value(of column: Column) -> SQLiteValue {
        if column == .sensorID { return .text(id) }
        let index = Column.metadata.firstIndex(of: column)
        return index.map { SQLiteTemplates.metadata(of: self)[$0] } ?? .null
    }
}
