/// An output of a recipe: readings in one format, with its options.
struct ReadingOutput: Sendable {
    let parameters: OutputParameters
    /// Whether the rows hold the healthy twin too.
    let includesCleanTwin: Bool
    /// What is measured.
    let schema: MetricSchema
    /// The columns of a row, in their order.
    let columns: [Column]
    /// Which event each reading is of; needed where rows say so.
    var events: EventDirectory?

    /// An output of a recipe.
    init(parameters: OutputParameters, of recipe: Recipe) {
        self.parameters = parameters
        includesCleanTwin = recipe.includesCleanTwin
        schema = recipe.schema
        columns = recipe.columns(of: parameters)
    }

    /// Whether its rows are those of every dataset, for which formats have what is faster.
    var isPlain: Bool { parameters.columns == nil && parameters.layout == .wide }

    /// Whether its rows tell of the event that a reading is of.
    var tellsEvents: Bool { columns.contains(where: \.isOfEvent) }

    /// The rows of a reading: in the narrow layout that of each metric, in the wide one a single one of none.
    var rowsOfReading: [MetricDescription?] { parameters.layout == .wide ? [nil] : schema.metrics.map { $0 } }

    private var format: any DatasetFormat.Type { DatasetFormats.format(of: parameters.format) }

    /// The file's name in the dataset folder.
    var fileName: String { format.fileName(of: parameters) }

    /// The name of the compression in the manifest; nil for none.
    var compressionName: String? { compression?.rawValue }

    /// The format of the compressed file; nil for none.
    var compression: CompressedFormat? { CompressedFormat(parameters.compression) }

    /// What writes the output of a plan.
    func makePart(of plan: GenerationPlan) -> any DatasetPart { format.makePart(self, of: plan) }

    /// The encoder of a text format's rows; nil for another one.
    func makeEncoder(sensors: [Sensor]) -> (any RowEncoder)? { format.makeRowEncoder(self, sensors: sensors) }

    /// Whether the compressor makes use of what is known of the rows.
    var compressesRows: Bool {
        if case .gzip(let level) = parameters.compression {
            DeflateCompressor.usesRows(level: level)
        } else {
            false
        }
    }

    /// The compressor of a text format, which knows its rows or, without a layout, searches for what repeats; nil for none.
    func makeCompressor(_ layout: RowLayout?) -> BlockCompressor? {
        switch parameters.compression {
        case .none: nil
        case .gzip(let level): .gzip(DeflateCompressor(level: level, layout: layout))
        case .zstd(let level): .zstd(ZstdCompressor(level: level))
        }
    }
}

extension CompressedFormat {
    /// The format of a file that is compressed so; nil for one that is not.
    init?(_ compression: Compression) {
        switch compression {
        case .none: return nil
        case .gzip: self = .gzip
        case .zstd: self = .zstd
        }
    }
}

extension Column {
    /// What it says of a row that differs from row to row, in the narrow layout of a metric; nil for what is the sensor's.
    func value(of metric: MetricDescription?) -> RowValue? {
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
        default: nil
        }
    }
}

extension Sensor {
    /// The text of a column from `firmware_version` to `height_meters`; nil is NULL.
    func text(of column: Column) -> String? {
        Column.metadata.firstIndex(of: column).flatMap { metadata[$0] }
    }
}

extension EventDirectory {
    /// The events of a plan, as far as some of its outputs tell of them; nil where none does.
    convenience init?(_ plan: GenerationPlan, for outputs: [OutputParameters]) {
        let columns = outputs.flatMap { plan.recipe.columns(of: $0) }
        guard columns.contains(where: \.isOfEvent) else { return nil }
        self.init(plan, needsDifficulties: columns.contains(.difficulty))
    }
}
