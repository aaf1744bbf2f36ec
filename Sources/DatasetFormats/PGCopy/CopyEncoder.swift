package import DatasetGen

/// Turns blocks of readings into rows of a file for PostgreSQL's `COPY … (FORMAT binary)`.
///
/// Source: PostgreSQL's documentation, COPY, "Binary Format". A row is the number of its fields in two bytes; a field is its length
/// in four, or −1 for NULL, and its bytes. All numbers begin with their most significant byte.
package struct CopyEncoder: UnmarkedRowEncoder {
    private let scripts: RowScripts
    private let states: StateTexts
    /// The fields of a label by ``RowValue/LabelForm``, then by ``Label/rawValue``.
    private let labels: [[[UInt8]]]
    private let difficulties: [[UInt8]]
    /// Counts of a unit, by sensor and metric.
    private let scales: [Double]
    private let metricCount: Int
    private let events: EventDirectory?
    private let splits: SplitTable?
    private let splitFields: [[UInt8]]
    /// The most bytes that the values of a row and what all rows share take.
    private let valueLimit: Int

    /// Prepares what never changes in the rows of each sensor.
    package init(_ output: ReadingOutput, sensors: [Sensor]) {
        let columns = output.copyColumns
        let count = UInt16(columns.count)
        let head: [RowCell] = [.text([UInt8(count >> 8), UInt8(truncatingIfNeeded: count)])]
        scripts = RowScripts([head + columns.map { Self.cell($0) }], sensors, joinsPieces: true)
        states = StateTexts(output.schema) { $0 }
        labels = RowValue.LabelForm.allCases.map { form in
            (0...AnomalyType.allCases.count)
                .map { label in
                    switch form {
                    case .number: [0, 0, 0, 2, 0, label == 0 ? 0 : 1]
                    case .truth: [0, 0, 0, 1, label == 0 ? 0 : 1]
                    case .type: Self.field(AnomalyType(rawValue: UInt8(label)).map { Array($0.name.utf8) })
                    }
                }
        }
        difficulties = Difficulty.texts.map { text in Self.field(text.map { Array($0.utf8) }) }
        metricCount = output.schema.metrics.count
        scales = sensors.flatMap { output.schema.resolutions(of: $0).map(\.countsPerUnit) }
        events = output.events
        splits = output.splits
        splitFields = (output.splits?.texts ?? [nil]).map { text in Self.field(text.map { Array($0.utf8) }) }
        let fieldLimit = 4 + max(24, states.maximumLength)
        valueLimit =
            scripts.values.reduce(0) { $0 + $1.count * fieldLimit }
            + scripts.sharedCounts.reduce(0, +)
    }

    private static func cell(_ copy: CopyColumn) -> RowCell {
        switch copy.column {
        case .statusCode: .value(.label(.number))
        case .anomalyFlag: .value(.label(.truth))
        case .synced: .text([0, 0, 0, 1, 0])
        case .latitude: .sensor(copy.column) { field($0.place.latitude) }
        case .longitude: .sensor(copy.column) { field($0.place.longitude) }
        case .heightMeters: .sensor(copy.column) { field($0.heightMeters) }
        default:
            copy.column.value(of: nil).map { .value($0) }
                ?? .sensor(copy.column) { sensor in
                    field(sensor.text(ofTag: copy.column).map { Array($0.utf8) })
                }
        }
    }

    /// A field of bytes; nil is NULL.
    private static func field(_ bytes: [UInt8]?) -> [UInt8] {
        guard let bytes else { return [0xff, 0xff, 0xff, 0xff] }
        return ByteBuffer.bytes(of: UInt32(bytes.count)) + bytes
    }

    /// A field of a number; nil is NULL.
    private static func field(_ number: FixedPoint?) -> [UInt8] {
        field(number.map { ByteBuffer.bytes(of: $0.double.bitPattern) })
    }

    /// What a stream of rows begins with, too.
    package var header: [UInt8] { PGCopyEncoder.header }

    /// What it ends with.
    package var trailer: [UInt8] { PGCopyEncoder.trailer }

    /// Appends the rows of some readings.
    ///
    /// - Complexity: O(values).
    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        var limit = readings.count * valueLimit
        let sensors = readings.sensors.span.extracting(readings.places)
        for row in 0..<readings.count { limit += scripts.ownLimit(ofSensor: Int(sensors[row])) }
        buffer.append(atMost: limit) { write(readings, to: &$0) }
    }

    private func write(_ readings: ReadingSlice, to writer: inout ByteWriter) {
        let rows = readings.rows
        let sensors = readings.sensors.span.extracting(readings.places)
        let times = readings.times.span.extracting(readings.places)
        let labels = readings.labels.span.extracting(rows)
        let (bytes, pieces) = (scripts.bytes.span, scripts.pieces.span)
        let steps = scripts.scripts[0]
        for row in 0..<readings.count {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            let (sensor, place) = (Int(sensors[row]), rows.lowerBound + row)
            let number = readings.number(of: row)
            for step in steps {
                switch step {
                case .shared(let range): writer.append(bytes.extracting(range))
                case .own(let piece): writer.append(bytes.extracting(pieces[sensor &* scripts.pieceCount &+ piece]))
                case .value(.number): writer.appendField(bigEndian: UInt64(bitPattern: number))
                case .value(.time): writer.appendField(bigEndian: UInt64(bitPattern: times[row] &- PGCopyEncoder.epoch))
                case .value(.arrival):
                    let arrival = readings.arrival(of: row) &- PGCopyEncoder.epoch
                    writer.appendField(bigEndian: UInt64(bitPattern: arrival))
                case .value(.metric(let metric)):
                    append(metric, readings.metrics[metric][place], sensor, to: &writer)
                case .value(.clean(let metric)):
                    append(metric, readings.clean[metric][place], sensor, to: &writer)
                case .value(.label(let form)):
                    let field = self.labels[form.rawValue][Int(label.rawValue)]
                    writer.append(field.span)
                case .value(.split):
                    let code = splits?.code(ofSensor: sensor, position: number - 1, isAnomalous: label.isAnomalous) ?? 0
                    let field = splitFields[code]
                    writer.append(field.span)
                case .value(.eventID), .value(.difficulty):
                    let event = label.isAnomalous ? events?.entry(ofSensor: sensor, position: number - 1) : nil
                    if case .value(.difficulty) = step {
                        let field = difficulties[event?.difficultyCode ?? 0]
                        writer.append(field.span)
                    } else if let event {
                        writer.appendField(bigEndian: UInt64(bitPattern: event.number))
                    } else {
                        writer.appendNullField()
                    }
                }
            }
        }
    }

    /// Appends the field of a reading.
    @inline(__always)
    private func append(_ metric: Int, _ count: Int32, _ sensor: Int, to writer: inout ByteWriter) {
        if count == ReadingBlock.null {
            writer.appendNullField()
        } else if let text = states.range(metric, count) {
            writer.appendField(states.bytes.span.extracting(text))
        } else {
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            let value = Double(count) / scales[sensor &* metricCount &+ metric]
            writer.appendField(bigEndian: value.bitPattern)
        }
    }
}
