/// The file of readings that an audit reads, and its rows one after the other.
final class StoredReadings {
    /// The file's name in the dataset folder.
    let fileName: String
    private let reader: any StoredRowReader
    private var rows: [StoredRow] = []
    private var index = 0

    /// Opens the first file of readings that a dataset has: CSV, SQLite, JSON Lines.
    ///
    /// With a format only its file is looked for. Nil if there is none.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    init?(files: StoredFolder, plan: GenerationPlan, format: OutputFormat?) throws(FileError) {
        let candidates: [(name: String, format: OutputFormat)] = [
            ("readings.csv", .csv), ("readings.csv.gz", .csv), ("readings.csv.zst", .csv),
            ("readings.sqlite", .sqlite), ("readings.jsonl", .jsonl), ("readings.jsonl.gz", .jsonl),
            ("readings.jsonl.zst", .jsonl),
        ]
        let found = candidates.first { candidate in
            (format ?? candidate.format) == candidate.format && files.has(candidate.name)
        }
        guard let found else { return nil }
        fileName = found.name
        let file = try files.file(found.name)
        let sensors = plan.fleet.sensors
        let style = plan.recipe.outputs.first { $0.format == found.format }?.timestamps ?? .naive
        timestamps = style
        let holdsTwin = plan.recipe.includesCleanTwin
        reader =
            switch found.format {
            case .csv: try CSVRowReader(file, sensors: sensors, timestamps: style, holdsTwin: holdsTwin)
            case .jsonl: JSONLinesRowReader(file, sensors: sensors, timestamps: style, holdsTwin: holdsTwin)
            case .sqlite:
                try SQLiteRowReader(
                    file,
                    beside: StoredFolder.besideDatabase.filter { $0 != "readings.sqlite-shm" && files.has($0) },
                    sensors: sensors,
                    timestamps: style,
                    holdsTwin: holdsTwin
                )
            }
        try reader.read(into: &rows)
    }

    /// How the file writes times.
    let timestamps: TimestampStyle

    /// What is wrong with the file as a whole, as far as it has been read; nil if nothing.
    var problem: String? { reader.problem }

    /// The row at hand; nil behind the last.
    @inline(__always)
    var current: StoredRow? { index < rows.count ? rows[index] : nil }

    /// Goes on to the next row.
    @inline(__always)
    func advance() throws(FileError) {
        index += 1
        if index == rows.count, !rows.isEmpty {
            try reader.read(into: &rows)
            index = 0
        }
    }
}
