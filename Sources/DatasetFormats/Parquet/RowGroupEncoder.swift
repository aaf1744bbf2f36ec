import DatasetGen

/// Turns the rows of a row group into its pages; the scratch memory of one worker.
struct RowGroupEncoder {
    private let layout: ColumnLayout
    private let columns: [ParquetColumn]
    private let cycles: [PackedCycle?]
    private var chunks: ChunkEncoder
    private var ranks = CodeRanks()
    private var (codes, places): ([UInt32], [UInt32]) = ([], [])
    private var counts: [Int32] = []
    private var sensors = GroupSensors()

    init(_ layout: ParquetLayout) {
        (self.layout, columns, cycles) = (layout.contents, layout.columns, layout.cycles)
        chunks = ChunkEncoder(layout.parameters)
    }

    /// Replaces a row group by that of some blocks' rows: each block is a page of each column.
    ///
    /// - Complexity: O(values); of columns that are alike in row after row, less.
    mutating func encode(_ blocks: [WaitingRows], into group: EncodedRowGroup) {
        let blocks = blocks.filter { $0.count > 0 }
        group.removeAll()
        group.rowCount = blocks.reduce(0) { $0 + $1.count }
        if group.rowCount == 0 { return }
        sensors.find(in: blocks, of: layout.sensorCount)
        var flags: Int?
        for (index, source) in layout.sources.enumerated() {
            if case .flag = source, let flags {
                group.repeatChunk(flags)
                continue
            }
            if case .flag = source { flags = index }
            chunks.begin(group.rowCount, isOptional: columns[index].isOptional, group.bytes)
            group.chunks.append(append(source, cycles[index], blocks, group.rowCount, to: &group.bytes))
        }
    }

    private mutating func append(
        _ source: ColumnLayout.Source,
        _ cycle: PackedCycle?,
        _ blocks: [WaitingRows],
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        switch source {
        case .number: return append(blocks.map(\.numbers), to: &output)
        case .time: return appendTimes(blocks, count, to: &output)
        case .arrival:
            guard blocks.contains(where: { !$0.arrivals.isEmpty }) else {
                return appendTimes(blocks, count, to: &output)
            }
            return append(blocks.map { $0.arrivals.isEmpty ? $0.times : $0.arrivals }, to: &output)
        case .sensor(let known): return append(known, cycle, blocks, count, to: &output)
        case .zero:
            return append(blocks.map { [Run(value: 0, count: $0.count)] }, below: 1, .flags, to: &output)
        case .flag:
            let runs = blocks.map { $0.labelRuns.mapped { Label(rawValue: $0).isAnomalous ? 1 : 0 } }
            return append(runs, below: 2, .flags, to: &output)
        case .type:
            let runs = blocks.map { $0.labelRuns.mapped { layout.typeCodes[Int($0)] } }
            return append(runs, below: AnomalyType.allCases.count, layout.types, to: &output)
        case .difficulty, .split, .eventID, .state:
            let (domain, limit) = gatherCodes(source, blocks)
            return appendCodes(blocks, below: limit, domain, count, to: &output)
        case .metric(let metric, let isClean, let scale):
            return append(blocks, metric, isClean, scale, count, to: &output)
        }
    }

    // MARK: - Columns with codes

    /// Appends a column whose values are known as runs.
    private mutating func append(
        _ blocks: [[Run<UInt32>]],
        below limit: Int,
        _ domain: ColumnDomain,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        ranks.reset(below: limit)
        for runs in blocks { for run in runs { ranks.note(run.value) } }
        let isListed = ranks.count() > 0
        if isListed { chunks.appendDictionary(domain, ranks.codes, to: &output) }
        var row = 0
        for runs in blocks {
            let rows = runs.reduce(0) { $0 + $1.count }
            if isListed {
                chunks.appendPage(runs: runs.mapped { ranks.place(of: $0) }, from: row, to: &output)
            } else {
                chunks.appendPage(ofNullOnly: rows, from: row, to: &output)
            }
            row += rows
        }
        return finish(domain, isListed, output)
    }

    /// Appends a column whose codes are gathered.
    private mutating func appendCodes(
        _ blocks: [WaitingRows],
        below limit: Int,
        _ domain: ColumnDomain,
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        var isListed = false
        if limit <= CodeRanks.limit {
            ranks.reset(below: limit)
            ranks.note(codes)
            isListed = ChunkEncoder.isWorthDictionary(ranks.count(), of: count)
        }
        if isListed { chunks.appendDictionary(domain, ranks.codes, to: &output) }
        var row = 0
        for block in blocks {
            let rows = row..<row + block.count
            if isListed {
                ranks.take(codes, rows, into: &places)
                chunks.appendPage(places: places, from: row, to: &output)
            } else {
                chunks.appendPage(codes: codes, rows, of: domain, to: &output)
            }
            row += block.count
        }
        return finish(domain, isListed, output)
    }

    /// Completes a chunk whose bounds are codes, or places of codes.
    private mutating func finish(
        _ domain: ColumnDomain,
        _ isListed: Bool,
        _ output: borrowing ByteBuffer
    ) -> ParquetChunk {
        let codes = ranks.codes
        return chunks.finish(output) { value, isLower in
            domain.bound(isListed ? codes[Int(value)] : UInt32(value), isLower: isLower)
        }
    }

    /// The codes of a column, what they stand for, and a number that none reaches.
    private mutating func gatherCodes(
        _ source: ColumnLayout.Source,
        _ blocks: [WaitingRows]
    ) -> (ColumnDomain, Int) {
        codes.removeAll(keepingCapacity: true)
        switch source {
        case .difficulty:
            for block in blocks { for code in block.difficulties { codes.append(layout.difficultyCodes[Int(code)]) } }
            return (layout.difficulties, Difficulty.allCases.count)
        case .split:
            for block in blocks {
                for row in 0..<block.count {
                    let code = layout.splits?
                        .code(
                            ofSensor: Int(block.sensors[row]),
                            position: block.numbers[row] - 1,
                            isAnomalous: Label(rawValue: block.labels[row]).isAnomalous
                        )
                    codes.append(layout.partCodes[code ?? 0])
                }
            }
            return (layout.parts, layout.partCodes.count)
        case .eventID:
            let least = blocks.lazy.flatMap(\.events).filter { $0 > 0 }.min() ?? 1
            var greatest = least
            for block in blocks {
                for event in block.events {
                    codes.append(event == 0 ? CodeRanks.null : UInt32(truncatingIfNeeded: event - least))
                    greatest = max(greatest, event)
                }
            }
            return (.integers(from: least), Int(greatest - least) + 1)
        case .state(let metric, let isClean, let texts, let places):
            for block in blocks {
                for count in (isClean ? block.clean : block.metrics)[metric] {
                    codes.append(count == ReadingBlock.null ? CodeRanks.null : places[Int(count)])
                }
            }
            return (texts, places.count)
        default: preconditionFailure("its codes are not gathered")
        }
    }

    // MARK: - Columns of sensors

    /// Appends a column that is the same in all readings of a sensor.
    private mutating func append(
        _ known: SensorCodes,
        _ cycle: PackedCycle?,
        _ blocks: [WaitingRows],
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        ranks.reset(below: known.count)
        var hasNull = false
        for sensor in sensors.present {
            let code = known.codes[Int(sensor)]
            if code == CodeRanks.null { hasNull = true } else { ranks.note(code) }
        }
        let distinct = ranks.count()
        if distinct == 0 || distinct == 1 && !hasNull {
            let code = distinct == 0 ? CodeRanks.null : ranks.codes[0]
            let runs = blocks.map { [Run(value: code, count: $0.count)] }
            return append(runs, below: known.count, known.domain, to: &output)
        }
        guard ChunkEncoder.isWorthDictionary(distinct, of: count) else {
            codes.removeAll(keepingCapacity: true)
            for block in blocks { for sensor in block.sensors { codes.append(known.codes[Int(sensor)]) } }
            return appendCodes(blocks, below: .max, known.domain, count, to: &output)
        }
        chunks.appendDictionary(known.domain, ranks.codes, to: &output)
        var row = 0
        for block in blocks {
            if let cycle, sensors.areCycle, let start = block.cycleStart {
                let bounds = known.bounds(from: start, count: block.count)
                chunks.appendPage(cycle, at: start, rows: block.count, bounds, from: row, to: &output)
            } else if let runs = block.sensorRuns {
                let own = runs.mapped { ranks.place(of: known.codes[Int($0)]) }
                chunks.appendPage(runs: own, from: row, to: &output)
            } else {
                gatherPlaces(of: block.sensors.span, known.codes.span)
                chunks.appendPage(places: places, from: row, to: &output)
            }
            row += block.count
        }
        return finish(known.domain, true, output)
    }

    private mutating func gatherPlaces(of sensors: Span<Int32>, _ known: Span<UInt32>) {
        codes.removeAll(keepingCapacity: true)
        codes.append(addingCapacity: sensors.count) { output in
            for row in sensors.indices { output.append(known[Int(sensors[row])]) }
        }
        ranks.take(codes, codes.indices, into: &places)
    }

    // MARK: - Whole numbers

    /// Appends times: as a dictionary where many rows have the same one, else as numbers.
    private mutating func appendTimes(
        _ blocks: [WaitingRows],
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        guard let (runs, values) = Self.steps(of: blocks, atMost: count / 8) else {
            return append(blocks.map(\.times), to: &output)
        }
        return append(runs, below: values.count, .listed(values), to: &output)
    }

    /// Times that never fall and mostly stay, as the steps that they take; nil for others.
    private static func steps(of blocks: [WaitingRows], atMost limit: Int) -> ([[Run<UInt32>]], values: [Int64])? {
        var values: [Int64] = []
        var result: [[Run<UInt32>]] = []
        for block in blocks {
            guard let times = block.timeRuns else { return nil }
            var runs: [Run<UInt32>] = []
            for run in times {
                if let last = values.last, run.value < last { return nil }
                if values.last != run.value { values.append(run.value) }
                runs.append(UInt32(values.count - 1), count: run.count)
            }
            if values.count > limit { return nil }
            result.append(runs)
        }
        return (result, values)
    }

    /// Appends a column of whole numbers that is never NULL.
    private mutating func append(_ blocks: [[Int64]], to output: inout ByteBuffer) -> ParquetChunk {
        var row = 0
        for numbers in blocks {
            chunks.appendPage(numbers.span, from: row, to: &output)
            row += numbers.count
        }
        return chunks.finish(output) { number, _ in
            var bytes: [UInt8] = []
            bytes.append(littleEndian: number)
            return bytes
        }
    }

    // MARK: - Readings

    /// Appends the counts of a metric as quotients.
    private mutating func append(
        _ blocks: [WaitingRows],
        _ metric: Int,
        _ isClean: Bool,
        _ scale: ColumnLayout.Scale,
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        let columns = blocks.map { (isClean ? $0.clean : $0.metrics)[metric] }
        if scale.factors.isEmpty { return append(columns, scale, count, to: &output) }
        counts.removeAll(keepingCapacity: true)
        for (block, column) in zip(blocks, columns) {
            guard scale.append(column.span, of: block.sensors.span, to: &counts) else {
                let domain = gatherListed(blocks, columns, scale)
                return appendCodes(blocks, below: codes.count, domain, count, to: &output)
            }
        }
        var row = 0
        let scaled = columns.map { column in
            defer { row += column.count }
            return Array(counts[row..<row + column.count])
        }
        return append(scaled, scale, count, to: &output)
    }

    /// Appends counts of one unit.
    private mutating func append(
        _ blocks: [[Int32]],
        _ scale: ColumnLayout.Scale,
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        var (least, greatest) = (Int32.max, Int32.min)
        for column in blocks { column.span.widen(&least, &greatest) }
        // Without a value all is NULL.
        if greatest == ReadingBlock.null { least = 0 }
        let limit = Int(greatest) - Int(least) + 1
        let domain = ColumnDomain.quotients(from: Int64(least), by: scale.countsPerUnit)
        var isListed = false
        if limit > 0, limit <= CodeRanks.limit {
            ranks.reset(below: limit)
            for column in blocks { ranks.note(column.span, above: least) }
            isListed = ChunkEncoder.isWorthDictionary(ranks.count(), of: count)
        }
        if isListed { chunks.appendDictionary(domain, ranks.codes, to: &output) }
        codes.removeAll(keepingCapacity: true)
        var row = 0
        for column in blocks {
            if isListed {
                ranks.take(column.span, above: least, into: &places)
                chunks.appendPage(places: places, from: row, to: &output)
            } else {
                for count in column {
                    codes.append(count == ReadingBlock.null ? CodeRanks.null : UInt32(bitPattern: count &- least))
                }
                chunks.appendPage(codes: codes, row..<row + column.count, of: domain, to: &output)
            }
            row += column.count
        }
        return finish(domain, isListed, output)
    }

    /// The codes of counts that are too large for one unit, by their places among those that there are.
    private mutating func gatherListed(
        _ blocks: [WaitingRows],
        _ columns: [[Int32]],
        _ scale: ColumnLayout.Scale
    ) -> ColumnDomain {
        let numbers = zip(blocks, columns)
            .flatMap { block, column in
                zip(column, block.sensors)
                    .map { $0 == ReadingBlock.null ? nil : Int64($0) * Int64(scale.factors[Int($1)]) }
            }
        let known = Set(numbers.compactMap { $0 }).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(known, 0...))
        codes.removeAll(keepingCapacity: true)
        for number in numbers { codes.append(number.flatMap { places[$0] }.map { UInt32($0) } ?? CodeRanks.null) }
        return .doubles(known.map { Double($0) / scale.countsPerUnit })
    }
}

extension Span<Int32> {
    /// Widens bounds to what is not NULL.
    fileprivate func widen(_ least: inout Int32, _ greatest: inout Int32) {
        var (low, high) = (least, greatest)
        for index in indices {
            let count = self[index]
            low = Swift.min(low, count == ReadingBlock.null ? .max : count)
            high = Swift.max(high, count)
        }
        (least, greatest) = (low, high)
    }
}

extension Array {
    /// The same rows with other values; neighbours of one value become one run.
    fileprivate func mapped<Value>(_ code: (Value) -> UInt32) -> [Run<UInt32>] where Element == Run<Value> {
        var runs: [Run<UInt32>] = []
        for run in self { runs.append(code(run.value), count: run.count) }
        return runs
    }
}
