/// What each format needs: a file name, and an encoder or a writer.
///
/// A new format is registered here.
struct ReadingOutput: Sendable {
    let parameters: OutputParameters
    /// Whether the rows hold the healthy twin too.
    private let includesCleanTwin: Bool

    /// An output of a recipe.
    init(parameters: OutputParameters, of recipe: Recipe) {
        self.parameters = parameters
        includesCleanTwin = recipe.includesCleanTwin
    }

    /// The file's name in the dataset folder.
    var fileName: String {
        switch parameters.format {
        case .sqlite: "readings.sqlite"
        case .csv: "readings.csv" + suffix
        case .jsonl: "readings.jsonl" + suffix
        }
    }

    /// The name of the compression in the manifest; nil for none.
    var compressionName: String? { compression?.rawValue }

    /// The format of the compressed file; nil for none.
    var compression: CompressedFormat? {
        switch parameters.compression {
        case .none: nil
        case .gzip: .gzip
        case .zstd: .zstd
        }
    }

    private var suffix: String { compression?.suffix ?? "" }

    /// The encoder of a text format; nil for SQLite.
    func makeEncoder(sensors: [Sensor]) -> (any BlockEncoder)? {
        switch parameters.format {
        case .sqlite: nil
        case .csv:
            CSVEncoder(
                sensors: sensors,
                timestamps: parameters.timestamps,
                includesCleanTwin: includesCleanTwin
            )
        case .jsonl:
            JSONLinesEncoder(
                sensors: sensors,
                timestamps: parameters.timestamps,
                includesCleanTwin: includesCleanTwin
            )
        }
    }

    /// The encoder of the SQLite file's pages; nil for a text format.
    func makePageEncoder(sensors: [Sensor]) -> SQLiteReadingsEncoder? {
        guard parameters.format == .sqlite else { return nil }
        return SQLiteReadingsEncoder(
            sensors: sensors,
            layout: pageLayout,
            timestamps: parameters.timestamps,
            includesCleanTwin: includesCleanTwin
        )
    }

    /// The pages of the SQLite file.
    var pageLayout: SQLitePageLayout { SQLitePageLayout(pageSize: parameters.pageSize) }

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
