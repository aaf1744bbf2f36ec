public import DatasetGen

/// Turns blocks of readings into JSON Lines: one nested object per reading and line.
///
/// ```swift
/// var encoder = JSONLinesEncoder(sensors: fleet.sensors, timestamps: .naive)
/// encoder.encode(block.slice, into: &buffer)
/// ```
///
/// The objects hold `timestamp`, `sensor_id`, `readings`, `location`, `anomaly` and `device`, in this order and without
/// spaces. A missing reading is `null`; a time as text is a string, a time since 1970 a number. Blocks may be encoded in
/// any order and by any worker.
public struct JSONLinesEncoder: RowTextEncoder {
    static var nullText: StaticString { "null" }

    private let timestamps: TimestampStyle
    let templates: RowTemplates
    private let labels: LabelTexts
    let states: StateTexts
    private let includesCleanTwin: Bool
    private let metricCount: Int
    /// What stands before each metric but the first, and where that begins and ends by ``Metric/rawValue``.
    private let (keys, keyBounds): ([UInt8], [Int])
    /// What stands before the second, third and fourth of four numbers with short names, as in most datasets.
    private let shortKeys: (ShortText, ShortText, ShortText)?
    /// What stands before the twin's first reading.
    private let twinLead: [UInt8]

    /// Prepares what never changes in the lines of each sensor.
    ///
    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - timestamps: how times are written.
    ///   - includesCleanTwin: whether the healthy twin follows, under the key `clean`.
    ///   - schema: what is measured.
    public init(
        sensors: [Sensor],
        timestamps: TimestampStyle,
        includesCleanTwin: Bool = false,
        schema: MetricSchema = .standard
    ) {
        let names = schema.metrics.map { JSONValue.string($0.name).compactText }
        let firstKey = names.first.map { $0 + ":" } ?? ""
        metricCount = names.count
        states = StateTexts(schema) { JSONValue.string($0).compactText }
        let texts = names.enumerated().map { $0.offset == 0 ? "" : ",\($0.element):" }
        keys = Array(texts.joined().utf8)
        keyBounds = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.utf8.count) }
        let short = texts.dropFirst().compactMap { ShortText($0) }
        let isFourNumbers = names.count == 4 && schema.metrics.allSatisfy(\.states.isEmpty)
        shortKeys = isFourNumbers && short.count == 3 ? (short[0], short[1], short[2]) : nil
        twinLead = Array(#","clean":{\#(firstKey)"#.utf8)
        self.timestamps = timestamps
        self.includesCleanTwin = includesCleanTwin
        templates = RowTemplates(sensors, schema) { sensor in
            (
                #","sensor_id":\#(JSONValue.string(sensor.id).compactText),"readings":{\#(firstKey)"#,
                #"},"location":\#(JSONLinesEncoder.location(sensor.place).compactText),"anomaly":{"detected":"#,
                "},\"device\":\(JSONLinesEncoder.device(sensor).compactText)\(includesCleanTwin ? "" : "}\n")"
            )
        }
        labels = LabelTexts { type in
            type.map { #"true,"type":"\#($0.name)""# } ?? #"false,"type":null"#
        }
    }

    /// Nothing: the format has no header.
    public var header: [UInt8] { [] }

    /// What is known of all rows, for whoever compresses them.
    public var layout: RowLayout {
        let lengths = zip(keyBounds, keyBounds.dropFirst()).map { UInt8($1 - $0) }
        return templates.layout(
            separators: Array(lengths.dropFirst()) + (lengths.isEmpty ? [] : [0]),
            twinLead: includesCleanTwin ? twinLead.count : 0,
            labelLimit: labels.maximumLength,
            states: states
        )
    }

    var readingCount: Int { includesCleanTwin ? metricCount * 2 : metricCount }

    var byteLimitPerRow: Int {
        // Key and quotes of the time; keys and readings.
        16 + TimestampWriter.maximumLength + labels.maximumLength
            + keys.count * (includesCleanTwin ? 2 : 1) + readingCount * RowTemplates.readingLimit(states)
            + (includesCleanTwin ? twinLead.count + 3 : 0)
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
        let decimals = templates.decimals.span
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
            mark.time = mark.start
            writer.append(#"{"timestamp":"#)
            if timestamps.isText { writer.append("\"") }
            timestamps.append(times[row], to: &writer)
            if timestamps.isText { writer.append("\"") }
            mark.before = writer.offset
            writer.append(bytes.extracting(sensor.beforeReadings))
            mark.lengths = notes.lengthCount
            let digits = Int(sensors[row]) &* metricCount
            if let shortKeys {
                Self.append(first[firstRow + row], decimals[digits], to: &writer, &notes)
                writer.append(shortKeys.0)
                Self.append(second[firstRow + row], decimals[digits &+ 1], to: &writer, &notes)
                writer.append(shortKeys.1)
                Self.append(third[firstRow + row], decimals[digits &+ 2], to: &writer, &notes)
                writer.append(shortKeys.2)
                Self.append(fourth[firstRow + row], decimals[digits &+ 3], to: &writer, &notes)
            } else {
                append(
                    readings.metrics,
                    firstRow + row,
                    decimals.extracting(digits..<digits + metricCount),
                    to: &writer,
                    &notes
                )
            }
            writer.append(bytes.extracting(sensor.afterReadings))
            mark.label = writer.offset
            let text = Int(label.rawValue)
            writer.append(labelBytes.extracting(labelBounds[text]..<labelBounds[text + 1]))
            mark.after = writer.offset
            writer.append(bytes.extracting(sensor.afterLabel))
            if includesCleanTwin {
                writer.append(twinLead.span)
                append(
                    readings.clean,
                    firstRow + row,
                    decimals.extracting(digits..<digits + metricCount),
                    to: &writer,
                    &notes
                )
                writer.append("}}\n")
            }
            if Notes.isWanted {
                mark.sensor = sensors[row]
                notes.append(mark)
            }
        }
    }

    /// Appends the readings of a row, whatever they are called.
    @inline(__always)
    private func append<Notes: RowNotes & ~Copyable>(
        _ columns: [[Int32]],
        _ row: Int,
        _ decimals: Span<UInt8>,
        to writer: inout ByteWriter,
        _ notes: inout Notes
    ) {
        for metric in 0..<metricCount {
            writer.append(keys.span.extracting(keyBounds[metric]..<keyBounds[metric + 1]))
            let count = columns[metric][row]
            append(metric, count, decimals[metric], to: &writer, &notes)
        }
    }

    private static func location(_ place: Place) -> JSONValue {
        [
            "name": .string(place.name),
            "latitude": .decimal(place.latitude),
            "longitude": .decimal(place.longitude),
            "timezone": .text(place.timezone),
        ]
    }

    private static func device(_ sensor: Sensor) -> JSONValue {
        [
            "manufacturer": .string(sensor.manufacturer),
            "model": .string(sensor.model),
            "firmware": .string(sensor.firmwareVersion.text),
        ]
    }
}
