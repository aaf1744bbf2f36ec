package import DatasetGen

/// An output of a recipe: readings in one format, with its options.
package struct ReadingOutput: Sendable {
    package let parameters: OutputParameters
    /// Whether the rows hold the healthy twin too.
    package var includesCleanTwin: Bool
    /// What is measured.
    package let schema: MetricSchema
    /// The columns of a row, in their order.
    package let columns: [Column]
    /// The positions of the first readings of its files, but for the first; none where there is one file.
    package let cuts: [Int64]
    /// Which event each reading is of; needed where rows say so.
    package var events: EventDirectory?
    /// Which part of the splits each reading is in; needed where rows say so.
    package var splits: SplitTable?

    /// How many shards each of its files is in, where it is read again; nil for undivided files.
    package var shardCount: Int?
    /// The blocks whose readings its file has; nil for all.
    package var blocks: Range<Int64>?
    /// Events that begin before these, where its file numbers events.
    package var eventsBefore: Int64 = 0

    /// The part of the splits whose readings its file has, an index into their names; nil for all readings.
    package let part: Int?
    /// The name of that part.
    package let partName: String?

    /// An output of a plan's recipe, which knows the parts of its splits.
    package init(parameters: OutputParameters, of plan: GenerationPlan, part: Int? = nil) {
        self.init(parameters: parameters, of: plan.recipe, part: part)
        splits = plan.splits
    }

    /// An output of a recipe.
    package init(parameters: OutputParameters, of recipe: Recipe, part: Int? = nil) {
        self.parameters = parameters
        self.part = part
        partName = part.flatMap { recipe.splits?.parts[$0] }
        includesCleanTwin = recipe.includesCleanTwin
        schema = recipe.schema
        columns = recipe.columns(of: parameters)
        cuts = recipe.cuts(of: parameters)
    }

    /// Whether its rows are those of every dataset, for which formats have what is faster.
    package var isPlain: Bool { parameters.isPlain }

    /// Whether its rows tell of the event that a reading is of.
    package var tellsEvents: Bool { columns.contains(where: \.isOfEvent) }

    /// The rows of a reading: in the narrow layout that of each metric, in the wide one a single one of none.
    package var rowsOfReading: [MetricDescription?] { parameters.layout == .wide ? [nil] : schema.metrics.map { $0 } }

    /// The format of the compressed file; nil for none.
    package var compression: CompressedFormat? { CompressedFormat(parameters.compression) }

    /// Whether the compressor makes use of what is known of the rows.
    package var compressesRows: Bool {
        if case .gzip(let level) = parameters.compression {
            DeflateCompressor.usesRows(level: level)
        } else {
            false
        }
    }

    /// The compressor of a text format, which knows its rows or, without a layout, searches for what repeats; nil for none.
    package func makeCompressor(_ layout: RowLayout?) -> BlockCompressor? {
        switch parameters.compression {
        case .none, .snappy: nil
        case .gzip(let level): .gzip(DeflateCompressor(level: level, layout: layout))
        case .zstd(let level): .zstd(ZstdCompressor(level: level))
        }
    }
}

extension Recipe {
    /// The outputs, each part of the splits by itself where it has a file of its own.
    package var readingOutputs: [ReadingOutput] {
        outputsOfParts.map { ReadingOutput(parameters: $0.parameters, of: self, part: $0.part) }
    }

    fileprivate var outputsOfParts: [(parameters: OutputParameters, part: Int?)] {
        outputs.flatMap { output -> [(parameters: OutputParameters, part: Int?)] in
            guard output.isSplit, let parts = splits?.parts else { return [(output, nil)] }
            return parts.indices.map { (output, $0) }
        }
    }
}

extension GenerationPlan {
    /// The outputs of its recipe, which know the parts of the splits.
    package var readingOutputs: [ReadingOutput] {
        recipe.outputsOfParts.map { ReadingOutput(parameters: $0.parameters, of: self, part: $0.part) }
    }
}

extension CompressedFormat {
    /// The format of a file that is compressed so; nil for one that is not, and where pages alone are.
    package init?(_ compression: Compression) {
        switch compression {
        case .none, .snappy: return nil
        case .gzip: self = .gzip
        case .zstd: self = .zstd
        }
    }
}

extension Column {
    /// What it says of a row that differs from row to row, in the narrow layout of a metric; nil for what is the sensor's.
    package func value(of metric: MetricDescription?) -> RowValue? {
        switch self {
        case .id: .number
        case .timestamp: .time
        case .metric(let metric): .metric(metric.index)
        case .clean(let metric): .clean(metric.index)
        case .value: metric.map { .metric($0.index) }
        case .cleanValue: metric.map { .clean($0.index) }
        case .statusCode, .anomalyFlag: .label(.number)
        case .anomalyType: .label(.type)
        case .eventID: .eventID
        case .difficulty: .difficulty
        case .arrivalTime: .arrival
        case .split: .split
        default: nil
        }
    }
}

extension Sensor {
    /// The text of a column from `firmware_version` to `height_meters`; nil is NULL.
    package func text(of column: Column) -> String? {
        Column.metadata.firstIndex(of: column).flatMap { metadata[$0] }
    }
}

extension EventDirectory {
    /// The events of a plan, as far as some of its outputs tell of them; nil where none does.
    package convenience init?(
        _ plan: GenerationPlan,
        for outputs: [OutputParameters],
        isCancelled: @Sendable () -> Bool = { false }
    ) {
        let columns = outputs.flatMap { plan.recipe.columns(of: $0) }
        guard columns.contains(where: \.isOfEvent) else { return nil }
        self.init(plan, needsDifficulties: columns.contains(.difficulty), isCancelled: isCancelled)
    }
}
