/// A dataset's file of readings, and its rows one after the other.
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
        let found = StoredFormats.all.lazy.filter { format == nil || $0.format == format }
            .compactMap { format in format.fileNames.first { files.has($0) }.map { (format, name: $0) } }
            .first
        guard let (found, name) = found else { return nil }
        fileName = name
        timestamps = plan.recipe.timestamps(of: found.format) ?? .naive
        let origin = RowOrigin(
            files: files,
            schema: plan.recipe.schema,
            sensors: plan.fleet.sensors,
            timestamps: timestamps,
            holdsTwin: plan.recipe.includesCleanTwin
        )
        reader = try found.makeRowReader(files.file(name), origin)
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
