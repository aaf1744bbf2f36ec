import DatasetGen

/// Turns the rows of a row group into its pages; the scratch memory of one worker.
struct RowGroupEncoder {
    private let layout: ParquetLayout
    private var chunks: ChunkEncoder
    private var codes: [UInt32] = []
    private var numbers: [Int64] = []

    init(_ layout: ParquetLayout) {
        self.layout = layout
        chunks = ChunkEncoder(layout.parameters)
    }

    /// Replaces a row group by that of some blocks' rows: each block is a page of each column.
    ///
    /// - Complexity: O(values).
    mutating func encode(_ blocks: [WaitingRows], into group: EncodedRowGroup) {
        var (pages, count): ([Range<Int>], Int) = ([], 0)
        for block in blocks where block.count > 0 {
            pages.append(count..<count + block.count)
            count += block.count
        }
        group.removeAll()
        group.rowCount = count
        if count == 0 { return }
        for (column, source) in zip(layout.columns, layout.sources) {
            let chunk: ParquetChunk
            if source.isNumber {
                gather(source, blocks)
                chunk = chunks.append(numbers, column, pages: pages, to: &group.bytes)
            } else {
                let (domain, limit) = gatherCodes(source, blocks, count)
                chunk = chunks.append(codes, below: limit, domain, column, pages: pages, to: &group.bytes)
            }
            group.chunks.append(chunk)
        }
    }

    private mutating func gather(_ source: ParquetLayout.Source, _ blocks: [WaitingRows]) {
        numbers.removeAll(keepingCapacity: true)
        for block in blocks {
            switch source {
            case .arrival: numbers.append(contentsOf: block.arrivals.isEmpty ? block.times : block.arrivals)
            case .time: numbers.append(contentsOf: block.times)
            default: numbers.append(contentsOf: block.numbers)
            }
        }
    }

    /// The codes of a column, what they stand for, and a number that none reaches.
    private mutating func gatherCodes(
        _ source: ParquetLayout.Source,
        _ blocks: [WaitingRows],
        _ count: Int
    ) -> (ParquetDomain, Int) {
        codes.removeAll(keepingCapacity: true)
        switch source {
        case .number, .time, .arrival: preconditionFailure("it has numbers, not codes")
        case .sensor(let known):
            let own = known.codes.span
            codes.append(addingCapacity: count) { output in
                for block in blocks {
                    let sensors = block.sensors.span
                    for row in sensors.indices { output.append(own[Int(sensors[row])]) }
                }
            }
            return (known.domain, known.count)
        case .flag:
            codes.append(addingCapacity: count) { output in
                for block in blocks {
                    let labels = block.labels.span
                    for row in labels.indices { output.append(Label(rawValue: labels[row]).isAnomalous ? 1 : 0) }
                }
            }
            return (.flags, 2)
        case .zero:
            codes.refill(with: 0, count: count)
            return (.flags, 1)
        case .type:
            for block in blocks { for label in block.labels { codes.append(layout.typeCodes[Int(label)]) } }
            return (layout.types, AnomalyType.allCases.count)
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
                    codes.append(event == 0 ? ChunkEncoder.null : UInt32(truncatingIfNeeded: event - least))
                    greatest = max(greatest, event)
                }
            }
            return (.integers(from: least), Int(greatest - least) + 1)
        case .state(let metric, let isClean, let texts, let places):
            for block in blocks {
                for count in (isClean ? block.clean : block.metrics)[metric] {
                    codes.append(count == ReadingBlock.null ? ChunkEncoder.null : places[Int(count)])
                }
            }
            return (texts, places.count)
        case .metric(let metric, let isClean, let scale):
            return gatherCounts(blocks, count, metric, isClean, scale)
        }
    }

    /// The counts of a metric, above the least of them.
    private mutating func gatherCounts(
        _ blocks: [WaitingRows],
        _ count: Int,
        _ metric: Int,
        _ isClean: Bool,
        _ scale: ParquetLayout.Scale
    ) -> (ParquetDomain, Int) {
        numbers.removeAll(keepingCapacity: true)
        var (least, greatest) = (Int64.max, Int64.min)
        numbers.append(addingCapacity: count) { output in
            for block in blocks {
                let values = (isClean ? block.clean : block.metrics)[metric]
                let (counts, sensors, factors) = (values.span, block.sensors.span, scale.factors.span)
                for row in counts.indices {
                    let count = counts[row]
                    if count == ReadingBlock.null {
                        output.append(.min)
                        continue
                    }
                    let factor = factors.isEmpty ? 1 : Int64(factors[Int(sensors[row])])
                    let value = Int64(count) &* factor
                    least = min(least, value)
                    greatest = max(greatest, value)
                    output.append(value)
                }
            }
        }
        guard least <= greatest else {
            codes.refill(with: ChunkEncoder.null, count: count)
            return (.quotients(from: 0, by: scale.countsPerUnit), 0)
        }
        guard greatest - least < Int64(ChunkEncoder.null) else { return gatherListed(scale) }
        let known = numbers
        codes.append(addingCapacity: count) { output in
            let values = known.span
            for row in values.indices {
                let value = values[row]
                output.append(
                    value == .min ? ChunkEncoder.null : UInt32(truncatingIfNeeded: value &- least)
                )
            }
        }
        return (.quotients(from: least, by: scale.countsPerUnit), Int(greatest - least) + 1)
    }

    /// The codes of counts that lie too far apart for one from another, by their places among those that there are.
    private mutating func gatherListed(_ scale: ParquetLayout.Scale) -> (ParquetDomain, Int) {
        let known = Set(numbers).subtracting([.min]).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(known, 0...))
        for number in numbers { codes.append(places[number].map { UInt32($0) } ?? ChunkEncoder.null) }
        return (.doubles(known.map { Double($0) / scale.countsPerUnit }), known.count)
    }
}
