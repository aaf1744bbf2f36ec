import DatasetGen

/// Turns the rows of a row group into its pages; the scratch memory of one worker.
struct RowGroupEncoder {
    let layout: ColumnLayout
    let columns: [ParquetColumn]
    let cycles: [PackedCycle?]
    var chunks: ChunkEncoder
    var (codes, places): ([UInt32], [UInt32]) = ([], [])
    var counts: [Int32] = []
    /// By page: what is NULL in the column of a metric.
    var nulls: [PageNulls] = []
    var sensors = GroupSensors()
    /// The rows of each page.
    private(set) var pages: [Range<Int>] = []

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
        pages.removeAll(keepingCapacity: true)
        for block in blocks {
            let row = pages.last?.upperBound ?? 0
            pages.append(row..<row + block.count)
        }
        sensors.find(in: blocks, of: layout.sensorCount)
        var flags: Int?
        for (index, source) in layout.sources.enumerated() {
            if case .flag = source, let flags {
                group.repeatChunk(flags)
                continue
            }
            if case .flag = source { flags = index }
            chunks.begin(group.rowCount, isOptional: columns[index].isOptional, group.bytes)
            group.chunks.append(append(source, index, blocks, group.rowCount, to: &group.bytes))
        }
    }

    private mutating func append(
        _ source: ColumnLayout.Source,
        _ column: Int,
        _ blocks: [WaitingRows],
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        switch source {
        case .number: return appendNumbers(of: blocks, to: &output)
        case .time: return appendTimes(blocks, count, to: &output)
        case .arrival:
            guard blocks.contains(where: { !$0.arrivals.isEmpty }) else {
                return appendTimes(blocks, count, to: &output)
            }
            return append(blocks.map { $0.arrivals.isEmpty ? $0.times : $0.arrivals }, to: &output)
        case .sensor(let known): return append(known, column: column, blocks, count, to: &output)
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
            return chunks.appendChunk(codes: codes, below: limit, domain, pages: pages, to: &output)
        case .metric(let metric, let isClean, let scale):
            return append(blocks, metric, isClean, scale, count, to: &output)
        }
    }
}

extension Array {
    /// The same rows with other values; neighbours of one value become one run.
    func mapped<Value>(_ code: (Value) -> UInt32) -> [Run<UInt32>] where Element == Run<Value> {
        var runs: [Run<UInt32>] = []
        runs.reserveCapacity(count)
        for run in self { runs.append(code(run.value), count: run.count) }
        return runs
    }
}
