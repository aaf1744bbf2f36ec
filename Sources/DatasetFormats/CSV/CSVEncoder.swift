public import DatasetGen

/// Turns blocks of readings into CSV rows (RFC 4180, but with lines that end in LF alone).
///
/// ```swift
/// var encoder = CSVEncoder(sensors: fleet.sensors, timestamps: .naive)
/// buffer.append(encoder.header)
/// encoder.encode(block.slice, into: &buffer)
/// ```
///
/// The columns are those of ``MetricSchema/columns(includingTwin:)``. NULL is an empty field. A row is what its reading, its number and
/// its sensor say, whichever block it comes in: blocks may be encoded in any order and by any worker.
public struct CSVEncoder: RowTextEncoder {
    static var nullText: StaticString { "" }

    private let timestamps: TimestampStyle
    let templates: RowTemplates
    private let labels: LabelTexts
    let states: StateTexts
    private let columns: [Column]
    private let metricCount: Int
    /// Whether the metrics are four numbers, as in most datasets.
    private let isFourNumbers: Bool
    private let includesCleanTwin: Bool

    /// Prepares what never changes in the rows of each sensor.
    ///
    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - timestamps: how times are written.
    ///   - includesCleanTwin: whether the healthy twin follows.
    ///   - schema: what is measured.
    public init(
        sensors: [Sensor],
        timestamps: TimestampStyle,
        includesCleanTwin: Bool = false,
        schema: MetricSchema = .standard
    ) {
        columns = schema.columns(includingTwin: includesCleanTwin)
        metricCount = schema.metrics.count
        isFourNumbers = metricCount == 4 && schema.metrics.allSatisfy(\.states.isEmpty)
        states = StateTexts(schema) { CSVText.field($0) }
        self.timestamps = timestamps
        self.includesCleanTwin = includesCleanTwin
        templates = RowTemplates(sensors, schema) { sensor in
            // Behind the label: from firmware_version to synced; the line goes on with the twin.
            let rest = CSVText.line(sensor.metadata + ["0"])
            return (",\(CSVText.field(sensor.id)),", "", includesCleanTwin ? String(rest.dropLast()) : rest)
        }
        labels = LabelTexts { type in
            // status_code, anomaly_flag, anomaly_type.
            type.map { ",1,1,\($0.name)," } ?? ",0,0,,"
        }
    }

    /// The line of column names.
    public var header: [UInt8] {
        Array(CSVText.line(columns.map(\.name)).utf8)
    }

    /// What is known of all rows, for whoever compresses them.
    public var layout: RowLayout {
        templates.layout(
            separators: (0..<metricCount).map { $0 + 1 < metricCount ? 1 : 0 },
            twinLead: includesCleanTwin ? 1 : 0,
            labelLimit: labels.maximumLength,
            states: states
        )
    }

    var readingCount: Int { includesCleanTwin ? metricCount * 2 : metricCount }

    var byteLimitPerRow: Int {
        // Number, time, label, commas and readings.
        20 + TimestampWriter.maximumLength + labels.maximumLength + 8
            + readingCount * (1 + RowTemplates.readingLimit(states))
    }

    func write<Notes: RowNotes & ~Copyable>(
        _ readings: ReadingSlice,
        to writer: inout ByteWriter,
        _ notes: inout Notes
    ) {
        var timestamps = TimestampWriter(self.timestamps)
        let (pieces, bytes) = (templates.sensors.span, templates.bytes.span)
        let (labelBounds, labelBytes) = (labels.bounds.span, labels.bytes.span)
        let (rows, places) = (readings.rows, readings.places)
        let (sensors, times) = (readings.sensors.span.extracting(places), readings.times.span.extracting(places))
        let labels = readings.labels.span.extracting(rows)
        let (decimals, numbers) = (templates.decimals.span, readings.numbers.span)
        // The columns that most datasets have are looked up once.
        let firstColumns = readings.firstColumns
        let (first, second) = (firstColumns.0.span, firstColumns.1.span)
        let (third, fourth) = (firstColumns.2.span, firstColumns.3.span)
        let firstRow = rows.lowerBound
        for row in 0..<readings.count {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            let sensor = pieces[Int(sensors[row])]
            var mark = RowMark()
            mark.start = writer.offset
            let number = numbers.isEmpty ? readings.firstNumber + Int64(row) : numbers[places.lowerBound + row]
            writer.append(decimal: UInt64(truncatingIfNeeded: number))
            mark.time = writer.offset
            writer.append(",")
            timestamps.append(times[row], to: &writer)
            mark.before = writer.offset
            writer.append(bytes.extracting(sensor.beforeReadings))
            mark.lengths = notes.lengthCount
            let digits = Int(sensors[row]) &* metricCount
            if isFourNumbers {
                Self.append(first[firstRow + row], decimals[digits], to: &writer, &notes)
                writer.append(",")
                Self.append(second[firstRow + row], decimals[digits &+ 1], to: &writer, &notes)
                writer.append(",")
                Self.append(third[firstRow + row], decimals[digits &+ 2], to: &writer, &notes)
                writer.append(",")
                Self.append(fourth[firstRow + row], decimals[digits &+ 3], to: &writer, &notes)
            } else {
                for metric in 0..<metricCount {
                    if metric > 0 { writer.append(",") }
                    let count = readings.metrics[metric][firstRow + row]
                    append(metric, count, decimals[digits &+ metric], to: &writer, &notes)
                }
            }
            mark.label = writer.offset
            let text = Int(label.rawValue)
            writer.append(labelBytes.extracting(labelBounds[text]..<labelBounds[text + 1]))
            mark.after = writer.offset
            writer.append(bytes.extracting(sensor.afterLabel))
            if includesCleanTwin {
                for metric in 0..<metricCount {
                    writer.append(",")
                    let count = readings.clean[metric][firstRow + row]
                    append(metric, count, decimals[digits &+ metric], to: &writer, &notes)
                }
                writer.append("\n")
            }
            if Notes.isWanted {
                mark.sensor = sensors[row]
                notes.append(mark)
            }
        }
    }
}
