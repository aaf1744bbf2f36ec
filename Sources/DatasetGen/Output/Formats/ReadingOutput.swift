/// An output of a recipe: readings in one format, with its options.
struct ReadingOutput: Sendable {
    let parameters: OutputParameters
    /// Whether the rows hold the healthy twin too.
    let includesCleanTwin: Bool
    /// What is measured.
    let schema: MetricSchema

    /// An output of a recipe.
    init(parameters: OutputParameters, of recipe: Recipe) {
        self.parameters = parameters
        includesCleanTwin = recipe.includesCleanTwin
        schema = recipe.schema
    }

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
        if case .gzip(let level) = parameters.compression { DeflateCompressor.usesRows(level: level) } else { false }
    }

    /// The compressor of a text format; nil for none.
    func makeCompressor(_ layout: RowLayout) -> BlockCompressor? {
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
