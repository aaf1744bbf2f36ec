public import DatasetGen

/// Turns blocks of readings into the leaf pages of the table `sensor_data`; each worker has its own.
///
/// A row is what its reading, its number and its sensor say, whichever block it comes in. Every block begins a leaf, so
/// that blocks may be encoded in any order.
public struct SQLiteReadingsEncoder: Sendable {
    private let layout: SQLitePageLayout
    private let timestamps: TimestampStyle
    private let templates: SQLiteTemplates
    private let labels: LabelTexts
    private let states: StateTexts
    private let includesCleanTwin: Bool
    private let metricCount: Int
    /// Whether the metrics are four numbers, as in most datasets.
    private let isFourNumbers: Bool
    /// The time of the last row, as it stands in a record.
    private var time = ByteBuffer()
    /// A record that is too long for a leaf.
    private var longRecord = ByteBuffer()

    /// Prepares what never changes in the rows of each sensor.
    ///
    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - layout: the pages of the file.
    ///   - timestamps: how times are stored: as text, or as a number of six or eight bytes.
    ///   - includesCleanTwin: whether the healthy twin follows.
    ///   - schema: what is measured.
    public init(
        sensors: [Sensor],
        layout: SQLitePageLayout,
        timestamps: TimestampStyle,
        includesCleanTwin: Bool = false,
        schema: MetricSchema = .standard
    ) {
        metricCount = schema.metrics.count
        self.layout = layout
        self.timestamps = timestamps
        self.includesCleanTwin = includesCleanTwin
        templates = SQLiteTemplates(
            sensors,
            timeType: timestamps.serialType,
            timeLength: timestamps.storedLength,
            includesCleanTwin: includesCleanTwin,
            schema: schema
        )
        labels = LabelTexts { $0?.name ?? "" }
        states = StateTexts(schema) { $0 }
        isFourNumbers = metricCount == 4 && schema.metrics.allSatisfy(\.states.isEmpty)
    }

    /// Bytes of a row without anomaly in its leaf, at least and on the mean of the sensors; 0 without sensors.
    package var meanRowBytes: Double {
        let count = templates.sensors.count
        guard count > 0 else { return 0 }
        let bytes = templates.sensors.reduce(0) { $0 + $1.fixedCount }
        let metrics = 8 * metricCount * (includesCleanTwin ? 2 : 1)
        // Length and rowid of all but the first rows take five bytes, the pointer to a cell takes two.
        return Double(bytes) / Double(count) + Double(metrics + 7)
    }

    /// Replaces `run` by the pages of a block; readings that are to be omitted have no row.
    ///
    /// - Complexity: O(readings); about 40 ns each. Nothing is allocated once the run has its size.
    public mutating func encode(_ readings: ReadingSlice, into run: inout LeafPageRun) {
        run.removeAll()
        // Moved out and back, as the rest is only read meanwhile.
        var (time, longRecord) = (ByteBuffer(), ByteBuffer())
        swap(&time, &self.time)
        swap(&longRecord, &self.longRecord)
        append(readings, to: &run, &time, &longRecord)
        swap(&time, &self.time)
        swap(&longRecord, &self.longRecord)
        run.finish()
    }

    private func append(
        _ readings: ReadingSlice,
        to run: inout LeafPageRun,
        _ time: inout ByteBuffer,
        _ longRecord: inout ByteBuffer
    ) {
        var timestamps = TimestampWriter(self.timestamps)
        var cachedTime: Int64?
        let (pieces, bytes) = (templates.sensors.span, templates.bytes.span)
        let (labelBounds, labelBytes) = (labels.bounds.span, labels.bytes.span)
        let (rows, places) = (readings.rows, readings.places)
        let (sensors, times) = (readings.sensors.span.extracting(places), readings.times.span.extracting(places))
        let labels = readings.labels.span.extracting(rows)
        let scales = templates.scales.span
        // The columns that most datasets have are looked up once.
        let firstColumns = readings.firstColumns
        let (first, second) = (firstColumns.0.span, firstColumns.1.span)
        let (third, fourth) = (firstColumns.2.span, firstColumns.3.span)
        let firstRow = rows.lowerBound
        var counts = [Int32](repeating: 0, count: metricCount)
        var twin = [Int32](repeating: 0, count: includesCleanTwin ? metricCount : 0)
        for row in 0..<readings.count {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            if times[row] != cachedTime {
                cachedTime = times[row]
                self.timestamps.store(times[row], &timestamps, in: &time)
            }
            let text = Int(label.rawValue)
            let sensor = pieces[Int(sensors[row])]
            let labelText = labelBounds[text]..<labelBounds[text + 1]
            let rowID = readings.firstNumber + Int64(row)
            let scale = Int(sensors[row]) &* metricCount
            let place = firstRow + row
            let fourTwins = isFourNumbers && includesCleanTwin ? readings.clean(row) : nil
            // A healthy reading that is NULL has another header.
            if isFourNumbers, !(fourTwins.map { any($0 .== ReadingBlock.null) } ?? false) {
                let reading = Reading(
                    sensor: sensor,
                    counts: SIMD4(first[place], second[place], third[place], fourth[place]),
                    scales: SIMD4(scales[scale], scales[scale + 1], scales[scale + 2], scales[scale + 3]),
                    isAnomalous: label.isAnomalous,
                    labelText: labelText,
                    twin: fourTwins
                )
                append(rowID, reading.recordLength, to: &run, &longRecord) {
                    reading.write(bytes, time.bytes.span, labelBytes, to: &$0)
                }
            } else {
                for metric in 0..<metricCount { counts[metric] = readings.metrics[metric][place] }
                for metric in twin.indices { twin[metric] = readings.clean[metric][place] }
                let reading = WideReading(
                    sensor: sensor,
                    isAnomalous: label.isAnomalous,
                    labelText: labelText,
                    states: states
                )
                let scales = scales.extracting(scale..<scale + metricCount)
                append(rowID, reading.recordLength(counts.span, twin.span), to: &run, &longRecord) {
                    reading.write(
                        (bytes, time.bytes.span, labelBytes),
                        counts.span,
                        twin.span,
                        scales,
                        to: &$0
                    )
                }
            }
        }
    }

    /// Appends a record of `count` bytes, however long.
    @inline(__always)
    private func append(
        _ rowID: Int64,
        _ count: Int,
        to run: inout LeafPageRun,
        _ longRecord: inout ByteBuffer,
        _ write: (inout ByteWriter) -> Void
    ) {
        if count <= layout.maximumLocalPayload {
            run.append(rowID: rowID, count: count, write)
        } else {
            longRecord.removeAll()
            longRecord.append(atMost: count, write)
            run.append(rowID: rowID, payload: longRecord.bytes.span)
        }
    }

}

/// A reading of four metrics on its way into a record.
private struct Reading {
    let sensor: SQLiteTemplates.Pieces
    /// By ``Metric/rawValue``.
    let counts: SIMD4<Int32>
    /// Counts per unit.
    let scales: SIMD4<Double>
    let isAnomalous: Bool
    /// Where the label's text lies.
    let labelText: Range<Int>
    let twin: SIMD4<Int32>?

    /// Whether the header is the sensor's own.
    private var isPlain: Bool { !isAnomalous && !any(counts .== ReadingBlock.null) }

    var recordLength: Int {
        var count = sensor.fixedCount + Self.metricsLength + (twin == nil ? 0 : Self.metricsLength)
        if !isPlain {
            let nulls = (0..<StandardMetric.count).count { counts[$0] == ReadingBlock.null }
            count += labelText.count - 8 * nulls
        }
        return count
    }

    /// Writes the record; the bytes are those of the templates, of the time, and of the labels.
    @inline(__always)
    func write(_ bytes: Span<UInt8>, _ time: Span<UInt8>, _ labels: Span<UInt8>, to writer: inout ByteWriter) {
        if isPlain {
            writer.append(bytes.extracting(sensor.header))
            writer.append(time)
            writer.append(bytes.extracting(sensor.sensorID))
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            writer.append(bigEndian: SIMD4<Double>(counts) / scales)
        } else {
            writeHeader(bytes.extracting(sensor.header), to: &writer)
            writer.append(time)
            writer.append(bytes.extracting(sensor.sensorID))
            for metric in 0..<StandardMetric.count where counts[metric] != ReadingBlock.null {
                writer.append(bigEndian: Double(counts[metric]) / scales[metric])
            }
            writer.append(labels.extracting(labelText))
        }
        writer.append(bytes.extracting(sensor.metadata))
        if let twin { writer.append(bigEndian: SIMD4<Double>(twin) / scales) }
    }

    /// Writes the header of a row that is anomalous or lacks a reading; `plain` is that of one that is neither.
    private func writeHeader(_ plain: Span<UInt8>, to writer: inout ByteWriter) {
        writer.append(plain.extracting(..<sensor.headerStart))
        for metric in 0..<StandardMetric.count {
            writer.append(varint: counts[metric] == ReadingBlock.null ? SQLiteRecord.null : SQLiteRecord.real)
        }
        let flag = isAnomalous ? SQLiteTemplates.anomalous : SQLiteTemplates.normal
        writer.append(varint: flag)
        writer.append(varint: flag)
        writer.append(varint: isAnomalous ? SQLiteRecord.text(count: labelText.count) : SQLiteRecord.null)
        writer.append(plain.extracting((sensor.headerStart + StandardMetric.count + 3)...))
    }

    static let metricsLength = 8 * StandardMetric.count
}

extension SQLiteReadingsEncoder {
    /// Replaces `run` by the pages of a block.
    public mutating func encode(_ block: borrowing ReadingBlock, into run: inout LeafPageRun) {
        encode(block.slice, into: &run)
    }
}

extension ReadingSlice {
    /// The healthy twin of a row.
    fileprivate func clean(_ row: Int) -> SIMD4<Int32> {
        let row = rows.lowerBound + row
        return SIMD4(clean[0][row], clean[1][row], clean[2][row], clean[3][row])
    }
}

extension TimestampStyle {
    /// The bytes of a time in a record.
    var storedLength: Int {
        switch self {
        case .naive: SimulatedTime.textLength
        case .utc: SimulatedTime.textLength + 1
        // Seconds of all years from 1 to 9999 fit into six bytes; finer units do not.
        case .epochSeconds: 6
        case .epochMilliseconds, .epochMicroseconds, .epochNanoseconds: 8
        }
    }

    /// The serial type of a time in a record.
    var serialType: UInt64 {
        switch self {
        case .naive, .utc: SQLiteRecord.text(count: storedLength)
        case .epochSeconds: 5
        case .epochMilliseconds, .epochMicroseconds, .epochNanoseconds: 6
        }
    }

    /// Replaces the bytes by those of a time in a record.
    @inline(__always)
    func store(_ time: Int64, _ writer: inout TimestampWriter, in buffer: inout ByteBuffer) {
        buffer.removeAll()
        buffer.append(atMost: TimestampWriter.maximumLength) { text in
            if isText {
                writer.append(time, to: &text)
            } else {
                text.append(bigEndian: number(of: time), count: storedLength)
            }
        }
    }
}
