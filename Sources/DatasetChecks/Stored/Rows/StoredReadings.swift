import DatasetFiles
import DatasetFormats
import DatasetGen

/// A dataset's file of readings, and its rows one after the other.
final class StoredReadings {
    /// The file's name in the dataset folder.
    let fileName: String
    private let reader: any StoredRowReader
    private var rows: [StoredRow] = []
    private var index = 0

    /// Opens the first file of readings whose rows tell the readings: CSV, SQLite, JSON Lines.
    ///
    /// With a format only its file is looked for. Nil if there is none.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    init?(files: StoredFolder, plan: GenerationPlan, format: OutputFormat?) throws(FileError) {
        let found = Self.outputs(of: plan, in: files, format: format).first { $0.incompleteness == nil }
        guard let output = found else { return nil }
        fileName = output.fileName
        timestamps = output.parameters.timestamps
        uncheckedColumns = output.uncheckedColumns
        let stored = try files.files(of: output)
        let isSharded = output.shardCount != nil
        let origin = RowOrigin(
            following: isSharded ? [] : stored.following,
            files: files,
            schema: plan.recipe.schema,
            sensors: plan.fleet.sensors,
            timestamps: timestamps,
            columns: output.columns,
            holdsTwin: plan.recipe.includesCleanTwin,
            series: SeriesNames(output)
        )
        let format = StoredFormats.format(of: output.parameters.format)
        reader =
            isSharded
            ? RowReaders([stored.first] + stored.following) { file throws(FileError) in
                try format.makeRowReader(file, origin)
            } : try format.makeRowReader(stored.first, origin)
        try reader.read(into: &rows)
    }

    /// The files of readings that a dataset has, by the order in which they are looked for; of a format, or of all.
    static func outputs(of plan: GenerationPlan, in files: StoredFolder, format: OutputFormat?) -> [ReadingOutput] {
        StoredFormats.all.map { $0.format }.filter { format == nil || $0 == format }
            .flatMap { format in files.outputs(of: plan).filter { $0.parameters.format == format } }
            .filter { files.has($0) }
    }

    /// The columns of every dataset that a check would look at, and this file does not have.
    let uncheckedColumns: [Column]

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
