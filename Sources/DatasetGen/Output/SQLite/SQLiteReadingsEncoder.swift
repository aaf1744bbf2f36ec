/// Turns blocks of readings into the leaf pages of the table `sensor_data`; each worker has its own.
///
/// A row is what its reading, its number and its sensor say, whichever block it comes in. Every block begins a leaf, so
/// that blocks may be encoded in any order.
package struct SQLiteReadingsEncoder {
    private let layout: SQLitePageLayout
    private let timestamps: TimestampStyle
    private let templates: SQLiteTemplates
    private let labels: LabelTexts
    private let includesCleanTwin: Bool
    /// The time of the last row, as it stands in a record.
    private var timeText = ByteBuffer()
    /// A record that is too long for a leaf.
    private var longRecord = ByteBuffer()

    /// Prepares what never changes in the rows of each sensor.
    ///
    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - timestamps: how times are stored: as text, or as a number of six or eight bytes.
    ///   - includesCleanTwin: whether the healthy twin follows.
    package init(
        sensors: [Sensor],
        layout: SQLitePageLayout,
        timestamps: TimestampStyle,
        includesCleanTwin: Bool = false
    ) {
        self.layout = layout
        self.timestamps = timestamps
        self.includesCleanTwin = includesCleanTwin
        templates = SQLiteTemplates(
            sensors,
            timeType: timestamps.serialType,
            timeLength: timestamps.storedLength,
            includesCleanTwin: includesCleanTwin
        )
        labels = LabelTexts { $0?.name ?? "" }
    }

    /// Replaces `run` by the pages of a block; readings that are to be omitted have no row.
    ///
    /// - Complexity: O(readings); about 40 ns each. Nothing is allocated once the run has its size.
    package mutating func encode(_ block: borrowing ReadingBlock, into run: inout LeafPageRun) {
        run.removeAll()
        let block = copy block
        var writer = TimestampWriter(timestamps)
        var time: Int64?
        for row in 0..<block.count {
            let label = Label(rawValue: block.labels[row])
            if label.isOmitted { continue }
            if block.times[row] != time {
                time = block.times[row]
                setTime(block.times[row], &writer)
            }
            append(block, row, label, to: &run)
        }
        run.finish()
    }

    private mutating func setTime(_ time: Int64, _ writer: inout TimestampWriter) {
        timeText.removeAll()
        timeText.append(atMost: TimestampWriter.maximumLength) { text in
            if timestamps.isText {
                writer.append(time, to: &text)
            } else {
                text.append(bigEndian: timestamps.number(of: time), count: timestamps.storedLength)
            }
        }
    }

    @inline(__always)
    private mutating func append(_ block: ReadingBlock, _ row: Int, _ label: Label, to run: inout LeafPageRun) {
        let sensor = templates.sensors.span[Int(block.sensors[row])]
        let counts = SIMD4(
            block.metrics[0][row],
            block.metrics[1][row],
            block.metrics[2][row],
            block.metrics[3][row]
        )
        let isNull = counts .== ReadingBlock.null
        var count = sensor.fixedCount + (includesCleanTwin ? 64 : 32)
        let isPlain = !label.isAnomalous && !any(isNull)
        if !isPlain {
            let text = Int(label.rawValue)
            count += labels.bounds[text + 1] - labels.bounds[text]
            for metric in 0..<Metric.count where isNull[metric] { count -= 8 }
        }
        let rowID = block.firstNumber + Int64(row)
        if count <= layout.maximumLocalPayload {
            run.append(rowID: rowID, count: count) { writer in
                write(block, row, label, counts, isPlain: isPlain, sensor, to: &writer)
            }
        } else {
            var record = ByteBuffer()
            swap(&record, &longRecord)
            record.removeAll()
            record.append(atMost: count) { writer in
                write(block, row, label, counts, isPlain: isPlain, sensor, to: &writer)
            }
            run.append(rowID: rowID, payload: record.bytes.span)
            swap(&record, &longRecord)
        }
    }

    @inline(__always)
    private func write(
        _ block: ReadingBlock,
        _ row: Int,
        _ label: Label,
        _ counts: SIMD4<Int32>,
        isPlain: Bool,
        _ sensor: SQLiteTemplates.Pieces,
        to writer: inout ByteWriter
    ) {
        let bytes = templates.bytes.span
        if isPlain {
            writer.append(bytes.extracting(sensor.header))
        } else {
            writeHeader(sensor, label, counts, to: &writer)
        }
        writer.append(timeText.bytes.span)
        writer.append(bytes.extracting(sensor.sensorID))
        if isPlain {
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            writer.append(bigEndian: SIMD4<Double>(counts) / sensor.scales)
        } else {
            for metric in 0..<Metric.count where counts[metric] != ReadingBlock.null {
                writer.append(bigEndian: Double(counts[metric]) / sensor.scales[metric])
            }
            let text = Int(label.rawValue)
            writer.append(labels.bytes.span.extracting(labels.bounds[text]..<labels.bounds[text + 1]))
        }
        writer.append(bytes.extracting(sensor.metadata))
        if includesCleanTwin {
            for metric in 0..<Metric.count {
                writer.append(bigEndian: Double(block.clean[metric][row]) / sensor.scales[metric])
            }
        }
    }

    /// The header of a row that is anomalous or lacks a reading.
    private func writeHeader(
        _ sensor: SQLiteTemplates.Pieces,
        _ label: Label,
        _ counts: SIMD4<Int32>,
        to writer: inout ByteWriter
    ) {
        let bytes = templates.bytes.span
        let start = sensor.header.lowerBound + sensor.headerStart
        writer.append(bytes.extracting(sensor.header.lowerBound..<start))
        for metric in 0..<Metric.count {
            writer.append(varint: counts[metric] == ReadingBlock.null ? SQLiteRecord.null : SQLiteRecord.real)
        }
        let flag = label.isAnomalous ? SQLiteTemplates.anomalous : SQLiteTemplates.normal
        writer.append(varint: flag)
        writer.append(varint: flag)
        let text = Int(label.rawValue)
        let length = labels.bounds[text + 1] - labels.bounds[text]
        writer.append(varint: label.isAnomalous ? SQLiteRecord.text(count: length) : SQLiteRecord.null)
        writer.append(bytes.extracting(start + Metric.count + 3..<sensor.header.upperBound))
    }
}

extension TimestampStyle {
    /// Whether times are texts.
    fileprivate var isText: Bool { self == .naive || self == .utc }

    /// The bytes of a time in a record.
    fileprivate var storedLength: Int {
        switch self {
        case .naive: SimulatedTime.textLength
        case .utc: SimulatedTime.textLength + 1
        // Seconds of all years from 1 to 9999 fit into six bytes; finer units do not.
        case .epochSeconds: 6
        case .epochMilliseconds, .epochMicroseconds, .epochNanoseconds: 8
        }
    }

    /// The serial type of a time in a record.
    fileprivate var serialType: UInt64 {
        switch self {
        case .naive, .utc: SQLiteRecord.text(count: storedLength)
        case .epochSeconds: 5
        case .epochMilliseconds, .epochMicroseconds, .epochNanoseconds: 6
        }
    }
}
