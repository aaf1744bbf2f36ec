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
public struct JSONLinesEncoder: RowEncoder {
    private static let twinLead: StaticString = #","clean":{"temperature":"#
    private static let separators: (StaticString, StaticString, StaticString) = (
        #","humidity":"#, #","pressure":"#, #","voltage":"#
    )

    private let timestamps: TimestampStyle
    private let templates: RowTemplates
    private let labels: LabelTexts
    private let includesCleanTwin: Bool

    /// Prepares what never changes in the lines of each sensor.
    ///
    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - timestamps: how times are written.
    ///   - includesCleanTwin: whether the healthy twin follows, under the key `clean`.
    public init(sensors: [Sensor], timestamps: TimestampStyle, includesCleanTwin: Bool = false) {
        self.timestamps = timestamps
        self.includesCleanTwin = includesCleanTwin
        templates = RowTemplates(sensors) { sensor in
            (
                #","sensor_id":\#(JSONValue.string(sensor.id).compactText),"readings":{"temperature":"#,
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
        let lengths = [Self.separators.0, Self.separators.1, Self.separators.2].map { UInt8($0.utf8CodeUnitCount) }
        return templates.layout(
            separators: SIMD4(lengths + [0]),
            twinLead: includesCleanTwin ? Self.twinLead.utf8CodeUnitCount : 0,
            labelLimit: labels.maximumLength
        )
    }

    /// Appends the lines of a block; readings that are to be omitted have none.
    ///
    /// - Complexity: O(readings); about 40 ns each. Nothing is allocated once the buffer has its size.
    public mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        let limit = byteLimit(readings)
        buffer.append(atMost: limit) { writer in
            var notes = NoRowNotes()
            write(readings, to: &writer, &notes)
        }
    }

    /// Appends the lines of a block, and marks them; the buffer is empty.
    public mutating func encode(
        _ readings: ReadingSlice,
        into buffer: inout ByteBuffer,
        marking rows: inout RowMarks
    ) {
        let limit = byteLimit(readings)
        rows.refill(atMost: readings.count) { notes in
            buffer.append(atMost: limit) { writer in
                write(readings, to: &writer, &notes)
            }
        }
    }

    private func byteLimit(_ readings: ReadingSlice) -> Int {
        // Key and quotes of the time; keys and readings.
        let fixed =
            16 + TimestampWriter.maximumLength + labels.maximumLength + StandardMetric.count
            * (16 + RowTemplates.readingLimit) * (includesCleanTwin ? 2 : 1)
        return templates.byteLimit(readings, fixed: fixed)
    }

    private func write<Notes: RowNotes & ~Copyable>(
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
        let columns = (readings.metrics[0], readings.metrics[1], readings.metrics[2], readings.metrics[3])
        let (temperature, humidity) = (columns.0.span.extracting(rows), columns.1.span.extracting(rows))
        let (pressure, voltage) = (columns.2.span.extracting(rows), columns.3.span.extracting(rows))
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
            mark.lengths[0] = Self.append(temperature[row], sensor.decimals[0], to: &writer)
            writer.append(Self.separators.0)
            mark.lengths[1] = Self.append(humidity[row], sensor.decimals[1], to: &writer)
            writer.append(Self.separators.1)
            mark.lengths[2] = Self.append(pressure[row], sensor.decimals[2], to: &writer)
            writer.append(Self.separators.2)
            mark.lengths[3] = Self.append(voltage[row], sensor.decimals[3], to: &writer)
            writer.append(bytes.extracting(sensor.afterReadings))
            mark.label = writer.offset
            let text = Int(label.rawValue)
            writer.append(labelBytes.extracting(labelBounds[text]..<labelBounds[text + 1]))
            mark.after = writer.offset
            writer.append(bytes.extracting(sensor.afterLabel))
            if includesCleanTwin { Self.appendTwin(readings, row, sensor.decimals, &mark, to: &writer) }
            if Notes.isWanted {
                mark.sensor = sensors[row]
                notes.append(mark)
            }
        }
    }

    private static func appendTwin(
        _ readings: ReadingSlice,
        _ row: Int,
        _ decimals: SIMD4<UInt8>,
        _ mark: inout RowMark,
        to writer: inout ByteWriter
    ) {
        let row = readings.rows.lowerBound + row
        writer.append(twinLead)
        mark.lengths[4] = append(readings.clean[0][row], decimals[0], to: &writer)
        writer.append(Self.separators.0)
        mark.lengths[5] = append(readings.clean[1][row], decimals[1], to: &writer)
        writer.append(Self.separators.1)
        mark.lengths[6] = append(readings.clean[2][row], decimals[2], to: &writer)
        writer.append(Self.separators.2)
        mark.lengths[7] = append(readings.clean[3][row], decimals[3], to: &writer)
        writer.append("}}\n")
    }

    /// Appends a reading, and gives the bytes that it takes.
    @inline(__always)
    private static func append(_ count: Int32, _ decimals: UInt8, to writer: inout ByteWriter) -> UInt8 {
        let start = writer.count
        if count == ReadingBlock.null { writer.append("null") } else { writer.append(count, decimals: Int(decimals)) }
        return UInt8(truncatingIfNeeded: writer.count - start)
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
