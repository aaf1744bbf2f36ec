package import DatasetGen

/// Turns blocks into rows of PostgreSQL's `COPY … FROM STDIN (FORMAT binary)`; each worker has its own.
///
/// Source: "Binary Format" of https://www.postgresql.org/docs/current/sql-copy.html. A row is the number of its fields
/// (Int16), and per field its length (Int32, −1 for NULL) and its bytes, the most significant first.
package struct PGCopyEncoder: BlockEncoder {
    /// What stands before the first row: signature, flags, and the length of no extension.
    package static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0] + [UInt8](repeating: 0, count: 8)
    /// What stands behind the last row.
    package static let trailer: [UInt8] = [0xff, 0xff]
    /// Microseconds from 1970 to 2000, where PostgreSQL's time begins.
    package static let epoch: Int64 = 946_684_800_000_000

    private let table: PGTable
    private let templates: PGTemplates
    private let states: StateTexts
    private let metricCount: Int
    /// The number of fields, as it stands before each row.
    private let fieldCount: [UInt8]
    /// The most bytes of a row.
    private let rowLimit: Int

    /// Prepares what never changes in the rows of each sensor.
    ///
    /// - Parameters:
    ///   - sensors: the fleet, by ``Sensor/index``.
    ///   - table: what a row is.
    ///   - sensorNumbers: the sensors' numbers in their table, by ``Sensor/index``; none in the wide layout.
    package init(sensors: [Sensor], table: PGTable, sensorNumbers: [Int32]) {
        self.table = table
        templates = PGTemplates(sensors, table, sensorNumbers: sensorNumbers)
        states = StateTexts(table.schema) { $0 }
        metricCount = table.schema.metrics.count
        fieldCount = ByteBuffer.bytes(of: UInt16(table.columns.count))
        let values = table.layout == .narrow ? 4 : metricCount * (table.includesTwin ? 2 : 1)
        rowLimit = 2 + 12 + 12 + 12 + templates.maximumLength + values * (4 + max(8, states.maximumLength))
    }

    package func makePiece() -> EncodedRows { EncodedRows() }

    package func encode(_ block: borrowing EncodableBlock, into piece: EncodedRows) {
        piece.bytes.removeAll()
        piece.rowCount = 0
        // Moved out and back: in its place, every access would be checked.
        var bytes = ByteBuffer()
        swap(&bytes, &piece.bytes)
        piece.rowCount = append(block.readings, to: &bytes)
        swap(&bytes, &piece.bytes)
    }

    /// Appends the rows of readings, and gives their number.
    ///
    /// - Complexity: O(readings); about 60 ns each in the star layout. Nothing is allocated once `bytes` has its size.
    private func append(_ readings: ReadingSlice, to bytes: inout ByteBuffer) -> Int {
        let limit = rowLimit * (table.layout == .narrow ? metricCount : 1)
        var rowCount = 0
        // In parts: memory for the longest rows of all is not taken when none is as long.
        for begin in stride(from: 0, to: readings.count, by: 1_024) {
            let rows = begin..<min(begin + 1_024, readings.count)
            bytes.append(atMost: limit * rows.count) { writer in
                if table.layout == .narrow {
                    rowCount += writeNarrow(readings, rows, to: &writer)
                } else {
                    rowCount += write(readings, rows, to: &writer)
                }
            }
        }
        return rowCount
    }

    private func write(_ readings: ReadingSlice, _ rows: Range<Int>, to writer: inout ByteWriter) -> Int {
        let pieces = templates.bytes.span
        let (leads, tails, labelFields) = (templates.leads.span, templates.tails.span, templates.labels.span)
        let scales = templates.scales.span
        let sensors = readings.sensors.span.extracting(readings.places)
        let times = readings.times.span.extracting(readings.places)
        let labels = readings.labels.span.extracting(readings.rows)
        let firstRow = readings.rows.lowerBound
        var written = 0
        for row in rows {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            let sensor = Int(sensors[row])
            let scale = sensor &* metricCount
            writer.append(fieldCount.span)
            if table.layout == .wide {
                writer.appendField(bigEndian: UInt64(bitPattern: readings.number(of: row)))
            }
            writer.appendField(bigEndian: UInt64(bitPattern: times[row] &- Self.epoch))
            writer.append(pieces.extracting(leads[sensor]))
            for metric in 0..<metricCount {
                append(metric, readings.metrics[metric][firstRow + row], scales[scale + metric], to: &writer)
            }
            writer.append(pieces.extracting(labelFields[Int(label.rawValue)]))
            writer.append(pieces.extracting(tails[sensor]))
            if table.includesTwin {
                for metric in 0..<metricCount {
                    append(metric, readings.clean[metric][firstRow + row], scales[scale + metric], to: &writer)
                }
            }
            if table.includesArrivals { append(arrivalOf: row, of: readings, to: &writer) }
            written += 1
        }
        return written
    }

    /// Appends the field of the time at which a reading arrives.
    private func append(arrivalOf row: Int, of readings: ReadingSlice, to writer: inout ByteWriter) {
        writer.appendField(bigEndian: UInt64(bitPattern: readings.arrival(of: row) &- Self.epoch))
    }

    /// Appends the field of a reading.
    @inline(__always)
    private func append(_ metric: Int, _ count: Int32, _ scale: Double, to writer: inout ByteWriter) {
        if count == ReadingBlock.null {
            writer.appendNullField()
        } else if let text = states.range(metric, count) {
            writer.appendField(states.bytes.span.extracting(text))
        } else {
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            writer.appendField(bigEndian: (Double(count) / scale).bitPattern)
        }
    }

    private func writeNarrow(_ readings: ReadingSlice, _ rows: Range<Int>, to writer: inout ByteWriter) -> Int {
        let pieces = templates.bytes.span
        let scales = templates.scales.span
        let firstRow = readings.rows.lowerBound
        let firstPlace = readings.places.lowerBound
        var written = 0
        for row in rows {
            let label = Label(rawValue: readings.labels[firstRow + row])
            if label.isOmitted { continue }
            let sensor = Int(readings.sensors[firstPlace + row])
            let time = UInt64(bitPattern: readings.times[firstPlace + row] &- Self.epoch)
            for metric in 0..<metricCount {
                let scale = scales[sensor &* metricCount + metric]
                writer.append(fieldCount.span)
                writer.appendField(bigEndian: time)
                writer.append(pieces.extracting(templates.leads[sensor]))
                writer.append(pieces.extracting(templates.metrics[metric]))
                appendValue(metric, readings.metrics[metric][firstRow + row], scale, to: &writer)
                writer.append(pieces.extracting(templates.labels[Int(label.rawValue)]))
                if table.includesTwin {
                    appendValue(metric, readings.clean[metric][firstRow + row], scale, to: &writer)
                }
                if table.includesArrivals { append(arrivalOf: row, of: readings, to: &writer) }
                written += 1
            }
        }
        return written
    }

    /// Appends the fields of a value: the number, and the text of a state where there are any.
    @inline(__always)
    private func appendValue(_ metric: Int, _ count: Int32, _ scale: Double, to writer: inout ByteWriter) {
        if states.isState(metric) {
            writer.appendNullField()
            append(metric, count, scale, to: &writer)
        } else {
            append(metric, count, scale, to: &writer)
            if table.hasStates { writer.appendNullField() }
        }
    }
}

/// A block's rows on their way into a database.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class EncodedRows: EncodedPiece, @unchecked Sendable {
    /// The rows.
    package var bytes = ByteBuffer()
    /// How many they are.
    package var rowCount = 0

    package init() {}

    package var byteCount: Int { bytes.count }
}
