package import DatasetGen

/// Turns blocks of readings into a stream of Arrow's IPC format: a record batch for each block.
///
/// Texts of sensors, states and labels are dictionaries that are sent once, before the first batch. A column has a bitmap of what is
/// NULL only in batches where something is.
package struct ArrowEncoder: UnmarkedRowEncoder {
    /// The columns, in their order.
    package let columns: [ArrowColumn]
    private let values: [ArrowValues]
    /// By column: the texts of its dictionary, sorted by their bytes; nil for a column that has none.
    private let texts: [[[UInt8]]?]
    private let contents: ColumnLayout
    /// By column: the values of all sensors; nil for a column that differs from reading to reading.
    private let cycles: [ArrowCycle?]
    /// The rows at hand, where they had to be copied.
    private var copies = DenseRows()
    /// By row: the code of its part of the splits; empty where no column says so.
    private var parts: [UInt8] = []
    /// By column: what is NULL.
    private var nulls: [ArrowNulls]
    /// Rows of the last metric that are NULL.
    private var nullRows: [Int] = []

    /// Prepares what never changes in the rows of each sensor.
    ///
    /// - Parameters:
    ///   - output: the output.
    ///   - sensors: the fleet.
    ///   - selected: per sensor, whether there may be rows of it; nil for all. Texts of others are not sent.
    package init(_ output: ReadingOutput, sensors: [Sensor], selected: [Bool]? = nil) {
        let layout = ColumnLayout(output, sensors: sensors)
        let made = layout.sources.map { ArrowValues.make($0, in: layout, selected) }
        columns = zip(layout.columns, made).map { ArrowColumn($0, output.parameters.timestamps, texts: $1.texts) }
        texts = zip(layout.columns, made).map { $0.kind == .text ? $1.texts : nil }
        values = made.map(\.0)
        cycles = zip(values, columns).map { ArrowCycle($0, width: $1.width) }
        contents = layout
        nulls = columns.map { _ in ArrowNulls() }
    }

    /// The schema, and all dictionaries.
    package var header: [UInt8] { schema + dictionaries.flatMap { $0 } }

    /// The first message of a stream.
    package var schema: [UInt8] {
        ArrowMessage.head(
            .schema,
            ArrowSchema(columns: columns).table,
            bodyLength: 0,
            offset: ArrowFile.start.count
        )
    }

    /// The messages behind it, one for each column of texts.
    package var dictionaries: [[UInt8]] {
        texts.enumerated()
            .compactMap { number, texts in texts.map { dictionary($0, number: number) } }
    }

    /// The mark of the end.
    package var trailer: [UInt8] { ArrowMessage.end }

    private func dictionary(_ texts: [[UInt8]], number: Int) -> [UInt8] {
        var (offsets, end): ([UInt8], Int) = ([], 0)
        let isLarge = columns[number].storage.isLarge
        for length in [0] + texts.map(\.count) {
            end += length
            if isLarge { offsets.append(littleEndian: Int64(end)) } else { offsets.append(littleEndian: Int32(end)) }
        }
        let lengths = [0, offsets.count, end]
        let body = lengths.reduce(0) { $0 + ArrowMessage.padded($1) }
        let batch = ArrowMessage.batch(rows: texts.count, nulls: [0], buffers: lengths)
        let table = FlatTable(.long(Int64(number)), .table(batch))
        var buffer = ByteBuffer(ArrowMessage.head(.dictionaryBatch, table, bodyLength: body))
        buffer.append(atMost: body) { writer in
            writer.append(offsets.span)
            writer.pad(offsets.count)
            for text in texts { writer.append(text.span) }
            writer.pad(end)
        }
        return buffer.bytes
    }

    /// Appends a record batch of some readings; nothing where none of them has a row.
    ///
    /// - Complexity: O(values).
    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        let rows = PlacedRows(readings, contents, copies: &copies)
        guard rows.count > 0 else { return }
        findParts(of: rows)
        for column in columns.indices { findNulls(column, rows) }
        let cycleStart = rows.sensors.span.extracting(rows.places).cycleStart(of: contents.sensorCount)
        let lengths = columns.indices.flatMap { column in
            [nulls[column].count == 0 ? 0 : (rows.count + 7) / 8, columns[column].width * rows.count]
        }
        let body = lengths.reduce(0) { $0 + ArrowMessage.padded($1) }
        let batch = ArrowMessage.batch(rows: rows.count, nulls: nulls.map(\.count), buffers: lengths)
        buffer.append(ArrowMessage.head(.recordBatch, batch, bodyLength: body))
        buffer.append(atMost: body) { writer in
            for column in columns.indices {
                if nulls[column].count > 0 {
                    let bits = nulls[column].bits
                    writer.append(bits.span)
                    writer.pad(bits.count)
                }
                if let cycleStart, let cycle = cycles[column] {
                    cycle.append(from: cycleStart, rows: rows.count, to: &writer)
                } else {
                    write(column, rows, to: &writer)
                }
                writer.pad(columns[column].width * rows.count)
            }
        }
    }

    private mutating func findParts(of rows: PlacedRows) {
        guard let splits = contents.splits, contents.columns.contains(.split) else { return }
        parts.removeAll(keepingCapacity: true)
        for row in 0..<rows.count {
            let isAnomalous = Label(rawValue: rows.labels[rows.rows.lowerBound + row]).isAnomalous
            let (sensor, position) = (Int(rows.sensors[rows.places.lowerBound + row]), rows.number(of: row) - 1)
            let code = splits.code(ofSensor: sensor, position: position, isAnomalous: isAnomalous)
            parts.append(UInt8(truncatingIfNeeded: code))
        }
    }

    /// Finds what is NULL in a column.
    private mutating func findNulls(_ column: Int, _ rows: PlacedRows) {
        switch values[column] {
        case .numbers, .times, .arrivals, .flags, .zeros: break
        case .nothing: nulls[column].setAll(rows.count)
        case .labels(_, let isNull): nulls[column].find(labels: rows.labels.span.extracting(rows.rows), isNull)
        case .difficulties(_, let isNull): nulls[column].find(rows.difficulties.span, isNull)
        case .parts(_, let isNull):
            let held = parts
            nulls[column].find(held.span, isNull)
        case .sensorTexts(_, let isNull), .sensorNumbers(_, let isNull):
            if !isNull.isEmpty { nulls[column].find(rows.sensors.span.extracting(rows.places), isNull) }
        case .eventIDs: nulls[column].find(rows.events.span)
        case .states(let metric, let isClean, _), .counts(let metric, let isClean, _):
            let counts = (isClean ? rows.clean : rows.metrics)[metric]
            nulls[column].find(counts.span.extracting(rows.rows), &nullRows)
        }
    }

    /// Appends the values of a column, zeros for NULL.
    private func write(_ column: Int, _ rows: PlacedRows, to writer: inout ByteWriter) {
        let (count, width) = (rows.count, columns[column].width)
        let sensors = rows.sensors.span.extracting(rows.places)
        let labels = rows.labels.span.extracting(rows.rows)
        switch values[column] {
        case .numbers:
            if let first = rows.firstNumber {
                writer.append(count) { first &+ Int64($0) }
            } else {
                writer.append(littleEndian: rows.numbers.span.extracting(rows.places))
            }
        case .times: writer.append(littleEndian: rows.times.span.extracting(rows.places))
        case .arrivals:
            let arrivals = rows.arrivals.isEmpty ? rows.times : rows.arrivals
            writer.append(littleEndian: arrivals.span.extracting(rows.places))
        case .eventIDs: writer.append(littleEndian: rows.events.span)
        case .zeros, .nothing: writer.append(count * width) { _ in 0 as UInt8 }
        case .flags: writer.append(count) { Label(rawValue: labels[$0]).isAnomalous ? 1 : 0 as UInt8 }
        case .labels(let codes, _):
            let codes = codes.span
            writer.append(indices: count, bytes: width) { codes[Int(labels[$0])] }
        case .difficulties(let codes, _):
            let (codes, found) = (codes.span, rows.difficulties.span)
            writer.append(indices: count, bytes: width) { codes[Int(found[$0])] }
        case .parts(let codes, _):
            let (codes, found) = (codes.span, parts.span)
            writer.append(indices: count, bytes: width) { codes[Int(found[$0])] }
        case .sensorTexts(let codes, _):
            let codes = codes.span
            writer.append(indices: count, bytes: width) { codes[Int(sensors[$0])] }
        case .sensorNumbers(let numbers, _):
            let numbers = numbers.span
            writer.append(count) { numbers[Int(sensors[$0])].bitPattern }
        case .states(let metric, let isClean, let places):
            let values = (isClean ? rows.clean : rows.metrics)[metric]
            let (counts, places) = (values.span.extracting(rows.rows), places.span)
            writer.append(indices: count, bytes: width) {
                counts[$0] == ReadingBlock.null ? 0 : places[Int(counts[$0])]
            }
        case .counts(let metric, let isClean, let scale):
            let values = (isClean ? rows.clean : rows.metrics)[metric]
            let counts = values.span.extracting(rows.rows)
            let (factors, unit) = (scale.factors.span, scale.countsPerUnit)
            if factors.isEmpty {
                writer.append(count) {
                    counts[$0] == ReadingBlock.null ? 0 : (Double(counts[$0]) / unit).bitPattern
                }
            } else {
                writer.append(count) {
                    let number = Int64(counts[$0]) &* Int64(factors[Int(sensors[$0])])
                    return counts[$0] == ReadingBlock.null ? 0 : (Double(number) / unit).bitPattern
                }
            }
        }
    }
}

extension ArrowColumn.Storage {
    fileprivate var isLarge: Bool {
        if case .texts(_, let isLarge) = self { isLarge } else { false }
    }
}

extension ByteWriter {
    /// Appends zeros behind so many bytes of a buffer, up to where the next one begins.
    fileprivate mutating func pad(_ length: Int) {
        for _ in length..<ArrowMessage.padded(length) { append(0 as UInt8) }
    }
}
