package import DatasetGen

/// Turns blocks of readings into blocks of ClickHouse's format Native: column by column, as the server stores them.
///
/// Source: ClickHouse's documentation, "Formats for Input and Output Data", Native: the numbers of columns and rows as
/// varints; then for each column its name, its type and its values, before which stands a byte for each row where it may be NULL.
package struct NativeEncoder: UnmarkedRowEncoder {
    /// How the values of a column come about.
    private enum Source {
        case number
        case time(isSeconds: Bool)
        case arrival
        case text(NativeTexts)
        case decimal(NativeNumbers)
        case metric(Int, isClean: Bool)
        case flag
        case type
        case zero
        case eventID
        case difficulty
        case split
    }

    private let sources: [Source]
    /// Name and type of each column, and whether it may be NULL.
    private let heads: [(bytes: [UInt8], isNullable: Bool)]
    private let states: StateTexts
    private let labels: LabelTexts
    private let difficulties: [[UInt8]]
    /// Counts of a unit, by sensor and metric.
    private let scales: [Double]
    private let metricCount: Int
    private let events: EventDirectory?
    private let splits: SplitTable?
    private let splitTexts: [[UInt8]]
    /// The most bytes of the values of a row.
    private let rowLimit: Int
    /// Rows of a block.
    private let rowsPerBlock: Int
    /// The rows at hand.
    private var kept: [Int] = []

    /// Prepares what never changes in the rows of each sensor.
    package init(_ output: ReadingOutput, sensors: [Sensor]) {
        let schema = output.schema
        let columns = output.nativeColumns
        heads = columns.map { column in
            (NativeTexts.encoded(column.column.name) + NativeTexts.encoded(column.typeName), column.isNullable)
        }
        sources = columns.map { Self.source($0, sensors) }
        states = StateTexts(schema) { String(decoding: NativeTexts.encoded($0), as: UTF8.self) }
        labels = LabelTexts { String(decoding: NativeTexts.encoded($0?.name ?? ""), as: UTF8.self) }
        difficulties = ReadingOutput.difficulties { String(decoding: NativeTexts.encoded($0 ?? ""), as: UTF8.self) }
        metricCount = schema.metrics.count
        scales = sensors.flatMap { schema.resolutions(of: $0).map(\.countsPerUnit) }
        events = output.events
        splits = output.splits
        splitTexts = output.splitTexts { String(decoding: NativeTexts.encoded($0 ?? ""), as: UTF8.self) }
        let textLimit = sources.reduce(0) { sum, source in
            if case .text(let texts) = source { sum + (texts.ranges.map(\.count).max() ?? 0) } else { sum }
        }
        rowLimit = columns.count * (9 + max(states.maximumLength, 16)) + textLimit
        rowsPerBlock = max(256, min(Int(GenerationPlan.rowsPerBlock), Self.blockLimit / rowLimit))
    }

    /// Bytes of a block, about, at most: whoever reads one has it in memory as a whole.
    private static let blockLimit = 6 << 20

    private static func source(_ native: NativeColumn, _ sensors: [Sensor]) -> Source {
        switch native.column {
        case .id: .number
        case .timestamp: .time(isSeconds: native.storage == .dateTime)
        case .arrivalTime: .arrival
        case .metric(let metric): .metric(metric.index, isClean: false)
        case .clean(let metric): .metric(metric.index, isClean: true)
        case .statusCode, .anomalyFlag: .flag
        case .anomalyType: .type
        case .synced: .zero
        case .eventID: .eventID
        case .difficulty: .difficulty
        case .split: .split
        case .latitude: .decimal(NativeNumbers(sensors) { $0.place.latitude })
        case .longitude: .decimal(NativeNumbers(sensors) { $0.place.longitude })
        case .heightMeters: .decimal(NativeNumbers(sensors) { $0.heightMeters })
        default: .text(NativeTexts(sensors) { $0.text(ofTag: native.column) })
        }
    }

    /// Nothing: the format has no header.
    package var header: [UInt8] { [] }

    /// Appends the blocks of some readings.
    ///
    /// - Complexity: O(values).
    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        kept.removeAll(keepingCapacity: true)
        for index in 0..<readings.count where !readings.isOmitted(index) { kept.append(index) }
        var start = 0
        while start < kept.count {
            let end = min(start + rowsPerBlock, kept.count)
            let headLimit = 20 + heads.reduce(0) { $0 + $1.bytes.count }
            buffer.append(atMost: headLimit + (end - start) * rowLimit) { writer in
                write(readings, start..<end, to: &writer)
            }
            start = end
        }
    }

    private func write(_ readings: ReadingSlice, _ part: Range<Int>, to writer: inout ByteWriter) {
        let kept = kept.span.extracting(part)
        let (rows, places) = (readings.rows, readings.places)
        let (sensors, times) = (readings.sensors.span.extracting(places), readings.times.span.extracting(places))
        let labels = readings.labels.span.extracting(rows)
        writer.append(leb128: sources.count)
        writer.append(leb128: kept.count)
        for column in sources.indices {
            let head = heads[column]
            writer.append(head.bytes.span)
            switch sources[column] {
            case .number:
                for row in kept.indices { writer.append(littleEndian: readings.number(of: kept[row])) }
            case .time(let isSeconds):
                if isSeconds {
                    for row in kept.indices {
                        let seconds = times[kept[row]].flooredQuotient(by: 1_000_000)
                        writer.append(littleEndian: UInt32(truncatingIfNeeded: seconds))
                    }
                } else {
                    for row in kept.indices { writer.append(littleEndian: times[kept[row]]) }
                }
            case .arrival:
                for row in kept.indices { writer.append(littleEndian: readings.arrival(of: kept[row])) }
            case .text(let texts):
                if head.isNullable { write(texts.isNull, kept, sensors, to: &writer) }
                let (bytes, ranges) = (texts.bytes.span, texts.ranges.span)
                for row in kept.indices { writer.append(bytes.extracting(ranges[Int(sensors[kept[row]])])) }
            case .decimal(let numbers):
                write(numbers.isNull, kept, sensors, to: &writer)
                let values = numbers.values.span
                for row in kept.indices {
                    writer.append(littleEndian: values[Int(sensors[kept[row]])].bitPattern)
                }
            case .metric(let metric, let isClean):
                let counts = (isClean ? readings.clean : readings.metrics)[metric]
                write(counts.span.extracting(rows), of: metric, kept, sensors, to: &writer)
            case .flag:
                for row in kept.indices {
                    writer.append(Label(rawValue: labels[kept[row]]).isAnomalous ? 1 : 0 as UInt8)
                }
            case .type: writeTypes(labels, kept, to: &writer)
            case .zero: for _ in kept.indices { writer.append(0 as UInt8) }
            case .eventID, .difficulty:
                writeEvents(sources[column], readings, kept, sensors, labels, to: &writer)
            case .split: writeSplits(readings, kept, sensors, labels, to: &writer)
            }
        }
    }

    private func write(
        _ isNull: [Bool],
        _ kept: Span<Int>,
        _ sensors: Span<Int32>,
        to writer: inout ByteWriter
    ) {
        let flags = isNull.span
        for row in kept.indices { writer.append(flags[Int(sensors[kept[row]])] ? 1 : 0 as UInt8) }
    }

    private func write(
        _ counts: Span<Int32>,
        of metric: Int,
        _ kept: Span<Int>,
        _ sensors: Span<Int32>,
        to writer: inout ByteWriter
    ) {
        for row in kept.indices { writer.append(counts[kept[row]] == ReadingBlock.null ? 1 : 0 as UInt8) }
        if states.isState(metric) {
            for row in kept.indices {
                let count = counts[kept[row]]
                if count != ReadingBlock.null, let text = states.range(metric, count) {
                    writer.append(states.bytes.span.extracting(text))
                } else {
                    writer.append(0 as UInt8)
                }
            }
            return
        }
        let scales = scales.span
        for row in kept.indices {
            let count = counts[kept[row]]
            let value = Double(count) / scales[Int(sensors[kept[row]]) &* metricCount &+ metric]
            writer.append(littleEndian: count == ReadingBlock.null ? 0 : value.bitPattern)
        }
    }

    private func writeTypes(_ labels: Span<UInt8>, _ kept: Span<Int>, to writer: inout ByteWriter) {
        for row in kept.indices {
            writer.append(Label(rawValue: labels[kept[row]]).isAnomalous ? 0 : 1 as UInt8)
        }
        let (bounds, bytes) = (self.labels.bounds.span, self.labels.bytes.span)
        for row in kept.indices {
            let text = Int(labels[kept[row]])
            writer.append(bytes.extracting(bounds[text]..<bounds[text + 1]))
        }
    }

    private func writeSplits(
        _ readings: ReadingSlice,
        _ kept: Span<Int>,
        _ sensors: Span<Int32>,
        _ labels: Span<UInt8>,
        to writer: inout ByteWriter
    ) {
        var codes: [Int] = []
        codes.reserveCapacity(kept.count)
        for row in kept.indices {
            let isAnomalous = Label(rawValue: labels[kept[row]]).isAnomalous
            let position = readings.number(of: kept[row]) - 1
            let sensor = Int(sensors[kept[row]])
            codes.append(splits?.code(ofSensor: sensor, position: position, isAnomalous: isAnomalous) ?? 0)
        }
        for code in codes { writer.append(code == 0 ? 1 : 0 as UInt8) }
        for code in codes {
            let text = splitTexts[code]
            writer.append(text.span)
        }
    }

    private func writeEvents(
        _ source: Source,
        _ readings: ReadingSlice,
        _ kept: Span<Int>,
        _ sensors: Span<Int32>,
        _ labels: Span<UInt8>,
        to writer: inout ByteWriter
    ) {
        var entries: [EventDirectory.Entry?] = []
        entries.reserveCapacity(kept.count)
        for row in kept.indices {
            guard Label(rawValue: labels[kept[row]]).isAnomalous else {
                entries.append(nil)
                continue
            }
            let position = readings.number(of: kept[row]) - 1
            entries.append(events?.entry(ofSensor: Int(sensors[kept[row]]), position: position))
        }
        if case .eventID = source {
            for entry in entries { writer.append(entry == nil ? 1 : 0 as UInt8) }
            for entry in entries { writer.append(littleEndian: entry?.number ?? 0) }
        } else {
            for entry in entries { writer.append((entry?.difficultyCode ?? 0) == 0 ? 1 : 0 as UInt8) }
            for entry in entries {
                let text = difficulties[entry?.difficultyCode ?? 0]
                writer.append(text.span)
            }
        }
    }
}
