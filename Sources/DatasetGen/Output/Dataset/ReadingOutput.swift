/// What each format needs: a file name, and an encoder or a writer.
///
/// A new format is registered here.
struct ReadingOutput {
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
    var compressionName: String? {
        switch parameters.compression {
        case .none: nil
        case .gzip: "gzip"
        }
    }

    private var suffix: String {
        switch parameters.compression {
        case .none: ""
        case .gzip: ".gz"
        }
    }

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

    /// gzip's level; nil for no compression.
    var level: Int? {
        switch parameters.compression {
        case .none: nil
        case .gzip(let level): level
        }
    }
}
