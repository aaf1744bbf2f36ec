package import DatasetGen

/// Turns blocks into requests of Prometheus' remote write, one each.
///
/// Sources: "Prometheus Remote-Write 1.0 specification" and 2.0, whose messages are protocol buffers (proto3 encoding:
/// <https://protobuf.dev/programming-guides/encoding/>): a field is its number and kind in a byte, and for texts and messages
/// their length. A request is one snappy block; readings come in the order of sensors.
package struct RemoteWriteEncoder: BlockEncoder {
    /// Samples of a message of a series.
    private static let longestRun = 10_000
    /// The most bytes of a sample: its head, its value, and a time.
    private static let sampleLimit = 2 + 1 + 8 + 1 + 10

    private let version: RemoteWriteVersion
    private let names: SeriesNames
    private let sensors: [Sensor]
    private let sources: [SeriesNames.Source]
    /// Version 1: the label `__name__`, by series, and the other labels, by sensor.
    private let nameLabels: [[UInt8]]
    private let sensorLabels: [[UInt8]]
    /// Version 2: what every table of symbols begins with.
    private let knownSymbols: [String]
    /// Counts of a unit, by sensor and metric.
    private let scales: [Double]
    private let metricCount: Int
    private var scratch = Scratch()

    /// The memory of one worker.
    private struct Scratch {
        var kept: [Int32] = []
        var request = ByteBuffer()
        var samples = ByteBuffer()
    }

    /// Prepares what never changes in the series of each sensor.
    package init(_ names: SeriesNames, sensors: [Sensor], version: RemoteWriteVersion) {
        (self.names, self.sensors, self.version) = (names, sensors, version)
        sources = names.all.map(\.source)
        nameLabels = names.all.map { Self.label("__name__", $0.name) }
        sensorLabels =
            version == .one
            ? sensors.map { names.labels(of: $0).flatMap { Self.label($0.name, $0.text) } } : []
        knownSymbols =
            ["", "__name__"] + names.all.map(\.name) + names.tags.map(\.name)
        let metricCount = names.schema.metrics.count
        self.metricCount = metricCount
        scales = sensors.flatMap { sensor in
            names.decimals(of: sensor).map { Double(Int64.powerOfTen(Int($0)) ?? 1) }
        }
    }

    /// A piece whose rows are samples.
    package func makePiece() -> EncodedRows { EncodedRows() }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: EncodedRows) {
        // Moved out and back: in their places, they could not be written to by what reads the rest.
        var scratch = Scratch()
        swap(&scratch, &self.scratch)
        scratch.request.removeAll()
        piece.rowCount = 0
        var symbols = SymbolTable(knownSymbols)
        if version == .two { appendSymbols(block.readings, to: &symbols, &scratch.request) }
        block.readings.forEachRun(atMost: Self.longestRun) { sensor, run in
            piece.rowCount += encode(run, of: sensor, block.readings, symbols, into: &scratch)
        }
        piece.bytes.removeAll()
        piece.bytes.append(snappyLiteral: scratch.request)
        swap(&scratch, &self.scratch)
    }

    /// Puts the texts of a block's sensors into the table of symbols, and that into the request.
    private func appendSymbols(
        _ readings: ReadingSlice,
        to symbols: inout SymbolTable,
        _ request: inout ByteBuffer
    ) {
        var texts: [Int: Void] = [:]
        readings.forEachRun(atMost: .max / 2) { sensor, _ in
            guard texts.updateValue((), forKey: sensor) == nil else { return }
            for label in names.labels(of: sensors[sensor]) { symbols.add(label.text) }
        }
        for symbol in symbols.all { request.append(Self.field(4, Array(symbol.utf8))) }
    }

    /// - Returns: how many samples there are.
    private func encode(
        _ run: Range<Int>,
        of sensor: Int,
        _ readings: ReadingSlice,
        _ symbols: SymbolTable,
        into scratch: inout Scratch
    ) -> Int {
        let labels = readings.labels.span.extracting(readings.rows)
        scratch.kept.removeAll(keepingCapacity: true)
        for index in run where !Label(rawValue: labels[index]).isOmitted {
            scratch.kept.append(Int32(truncatingIfNeeded: index))
        }
        let rows = scratch.kept
        var total = 0
        for series in sources.indices {
            scratch.samples.removeAll()
            var count = 0
            scratch.samples.append(atMost: rows.count * Self.sampleLimit) {
                count = write(sources[series], of: sensor, rows, readings, to: &$0)
            }
            if count == 0 { continue }
            total += count
            let head = self.labels(of: sensor, series, symbols)
            let samples = scratch.samples.bytes
            scratch.request.append(atMost: 16 + head.count + samples.count) { writeSeries(head, samples, to: &$0) }
        }
        return total
    }

    /// Appends the samples of a series, and gives how many there are.
    private func write(
        _ source: SeriesNames.Source,
        of sensor: Int,
        _ rows: [Int32],
        _ readings: ReadingSlice,
        to writer: inout ByteWriter
    ) -> Int {
        let instants = readings.times.span.extracting(readings.places)
        switch source {
        case .metric(let metric), .clean(let metric):
            let values = readings.column(of: source) ?? []
            let scale = scales[sensor * metricCount + metric]
            return Self.append(values.span.extracting(readings.rows), scale, rows.span, instants, to: &writer)
        case .label:
            let labels = readings.labels.span.extracting(readings.rows)
            for index in 0..<rows.count {
                let row = Int(rows[index])
                Self.append(Double(labels[row]), instants[row], to: &writer)
            }
            return rows.count
        }
    }

    /// Appends a message TimeSeries: field 1 of WriteRequest, field 5 of Request.
    private func writeSeries(_ head: [UInt8], _ samples: [UInt8], to writer: inout ByteWriter) {
        writer.append(version == .one ? 0x0a : 0x2a)
        writer.append(leb128: head.count + samples.count)
        writer.append(head.span)
        writer.append(samples.span)
    }

    /// The labels of a series, as its message begins with.
    private func labels(of sensor: Int, _ series: Int, _ symbols: SymbolTable) -> [UInt8] {
        guard version == .two else { return nameLabels[series] + sensorLabels[sensor] }
        var references = Self.varint(1) + Self.varint(symbols[names.all[series].name])
        for label in names.labels(of: sensors[sensor]) {
            references += Self.varint(symbols[label.name]) + Self.varint(symbols[label.text])
        }
        return Self.field(1, references)
    }

    /// Appends the samples of a metric, and gives how many there are.
    @inline(__always)
    private static func append(
        _ values: Span<Int32>,
        _ scale: Double,
        _ rows: Span<Int32>,
        _ instants: Span<Int64>,
        to writer: inout ByteWriter
    ) -> Int {
        var samples = 0
        for index in 0..<rows.count {
            let row = Int(rows[index])
            let count = values[row]
            if count == ReadingBlock.null { continue }
            // The quotient of two whole numbers is correctly rounded: the same double as the text's.
            append(Double(count) / scale, instants[row], to: &writer)
            samples += 1
        }
        return samples
    }

    /// Appends a sample: field 2 of a series, with a double in field 1 and a time in milliseconds in field 2.
    @inline(__always)
    private static func append(_ value: Double, _ instant: Int64, to writer: inout ByteWriter) {
        let milliseconds = instant.flooredQuotient(by: 1_000)
        writer.append(0x12)
        writer.append(UInt8(truncatingIfNeeded: 10 + varintLength(milliseconds)))
        writer.append(0x09)
        writer.append(littleEndian: value.bitPattern)
        writer.append(0x10)
        writer.append(leb128: Int(milliseconds))
    }

    @inline(__always)
    private static func varintLength(_ value: Int64) -> Int {
        // Groups of seven bits; a negative number has all ten.
        (70 - UInt64(bitPattern: value | 1).leadingZeroBitCount) / 7
    }

    /// A message of a name and a text, as a field.
    private static func label(_ name: String, _ text: String) -> [UInt8] {
        field(1, field(1, Array(name.utf8)) + field(2, Array(text.utf8)))
    }

    /// A field of bytes.
    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2] + varint(bytes.count) + bytes
    }

    private static func varint(_ value: Int) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.append(atMost: 10) { $0.append(leb128: value) }
        return buffer.bytes
    }
}

/// The texts of a request of version 2, each once; the first is empty.
private struct SymbolTable {
    private(set) var all: [String] = []
    private var places: [String: Int] = [:]

    init(_ texts: [String]) {
        for text in texts { add(text) }
    }

    mutating func add(_ text: String) {
        guard places[text] == nil else { return }
        places[text] = all.count
        all.append(text)
    }

    subscript(text: String) -> Int { places[text] ?? 0 }
}

extension ByteBuffer {
    /// Appends bytes as a snappy block that is one literal: what there is to gain in samples is a quarter, and takes longer
    /// than a network that is a gigabit wide takes for it.
    ///
    /// Source: "Snappy compressed format description": the length as a varint; then 63 in the upper six bits for a literal
    /// whose length less one follows in four bytes.
    fileprivate mutating func append(snappyLiteral other: borrowing ByteBuffer) {
        append(atMost: other.count + 16) { $0.append(snappyLiteral: other.bytes) }
    }
}

extension ByteWriter {
    fileprivate mutating func append(snappyLiteral bytes: [UInt8]) {
        append(leb128: bytes.count)
        guard !bytes.isEmpty else { return }
        append(63 << 2)
        append(littleEndian: UInt32(truncatingIfNeeded: bytes.count - 1))
        append(bytes.span)
    }
}
