/// Turns blocks of readings into CSV rows (RFC 4180, but with lines that end in LF alone).
///
/// ```swift
/// var encoder = CSVEncoder(sensors: fleet.sensors, timestamps: .naive)
/// buffer.append(encoder.header)
/// encoder.encode(block, into: &buffer)
/// ```
///
/// The columns are those of ``Column``, in its order. NULL is an empty field. A row is what its reading, its number and
/// its sensor say, whichever block it comes in: blocks may be encoded in any order and by any worker.
package struct CSVEncoder: BlockEncoder {
    private let timestamps: TimestampStyle
    private let templates: RowTemplates
    private let labels: LabelTexts
    private let includesCleanTwin: Bool

    /// Prepares what never changes in the rows of each sensor.
    ///
    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - timestamps: how times are written.
    ///   - includesCleanTwin: whether the healthy twin follows.
    package init(sensors: [Sensor], timestamps: TimestampStyle, includesCleanTwin: Bool = false) {
        self.timestamps = timestamps
        self.includesCleanTwin = includesCleanTwin
        templates = RowTemplates(sensors) { sensor in
            // Behind the label: from firmware_version to synced; the line goes on with the twin.
            let rest = CSVText.line(sensor.metadata + ["0"])
            return (",\(CSVText.field(sensor.id)),", "", includesCleanTwin ? String(rest.dropLast()) : rest)
        }
        labels = LabelTexts { type in
            // status_code, anomaly_flag, anomaly_type.
            type.map { ",1,1,\($0.name)," } ?? ",0,0,,"
        }
    }

    package var header: [UInt8] {
        Array(CSVText.line(Column.columns(includingTwin: includesCleanTwin).map(\.name)).utf8)
    }

    /// Appends the rows of a block; readings that are to be omitted have none.
    ///
    /// - Complexity: O(readings); about 30 ns each. Nothing is allocated once the buffer has its size.
    package mutating func encode(_ block: borrowing ReadingBlock, into buffer: inout ByteBuffer) {
        // Number, time, label, commas, and four readings of up to a sign, eleven digits and a point.
        let fixed =
            20 + TimestampWriter.maximumLength + labels.maximumLength + 8 + Metric.count * 13
            * (includesCleanTwin ? 2 : 1)
        let limit = templates.byteLimit(block, fixed: fixed)
        let block = copy block
        buffer.append(atMost: limit) { writer in
            write(block, to: &writer)
        }
    }

    private func write(_ block: ReadingBlock, to writer: inout ByteWriter) {
        var timestamps = TimestampWriter(self.timestamps)
        let (pieces, bytes) = (templates.sensors.span, templates.bytes.span)
        let (labelBounds, labelBytes) = (labels.bounds.span, labels.bytes.span)
        let (sensors, times, labels) = (block.sensors.span, block.times.span, block.labels.span)
        let columns = (block.metrics[0], block.metrics[1], block.metrics[2], block.metrics[3])
        let (temperature, humidity) = (columns.0.span, columns.1.span)
        let (pressure, voltage) = (columns.2.span, columns.3.span)
        for row in 0..<block.count {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            let sensor = pieces[Int(sensors[row])]
            writer.append(decimal: UInt64(truncatingIfNeeded: block.firstNumber + Int64(row)))
            writer.append(",")
            timestamps.append(times[row], to: &writer)
            writer.append(bytes.extracting(sensor.beforeReadings))
            Self.append(temperature[row], sensor.decimals[0], to: &writer)
            writer.append(",")
            Self.append(humidity[row], sensor.decimals[1], to: &writer)
            writer.append(",")
            Self.append(pressure[row], sensor.decimals[2], to: &writer)
            writer.append(",")
            Self.append(voltage[row], sensor.decimals[3], to: &writer)
            let text = Int(label.rawValue)
            writer.append(labelBytes.extracting(labelBounds[text]..<labelBounds[text + 1]))
            writer.append(bytes.extracting(sensor.afterLabel))
            if includesCleanTwin { Self.appendTwin(block.clean, row, sensor.decimals, to: &writer) }
        }
    }

    private static func appendTwin(
        _ clean: [[Int32]],
        _ row: Int,
        _ decimals: SIMD4<UInt8>,
        to writer: inout ByteWriter
    ) {
        for metric in 0..<Metric.count {
            writer.append(",")
            append(clean[metric][row], decimals[metric], to: &writer)
        }
        writer.append("\n")
    }

    @inline(__always)
    private static func append(_ count: Int32, _ decimals: UInt8, to writer: inout ByteWriter) {
        if count != ReadingBlock.null { writer.append(count, decimals: Int(decimals)) }
    }
}
