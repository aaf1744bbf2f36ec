import DatasetFiles
import DatasetFormats
import DatasetGen

/// How the files of a format are read again: all that `verify` and `audit` ask of it, which never ask which one it is.
///
/// Nothing that writes a dataset knows of it. A conformance and an entry in ``StoredFormats/all`` are all that a new format
/// takes.
protocol StoredFormat: DatasetFormat {
    /// What reads the rows of a file, one after the other.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader

    /// How the records of a file are told apart; nil for one that is not compared as text.
    static func recordFormat(of output: ReadingOutput) -> RecordFormat?

    /// The text of the files of an output, or what is made of them to be compared as text.
    static func makeWindow(_ file: StoredFile, following: [StoredFile], _ output: ReadingOutput) -> TextWindow

    /// The file of an output if it holds all tables of a dataset; nil for another one.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    static func makeDatabase(in files: StoredFolder, _ output: ReadingOutput, of plan: GenerationPlan) throws(FileError)
        -> StoredDatabase?

    /// What is wrong with a file by itself, whatever should be in it.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    static func damage(of file: StoredFile) throws(FileError) -> Problems

    /// What a file says of the dataset that it is of, where its format has a place for that; nil elsewhere.
    ///
    /// - Throws: ``StoredFailure`` when it cannot be read.
    static func entries(of file: StoredFile) throws(StoredFailure) -> [(key: String, value: String)]?

    /// Checks the small tables beside the file of an output, as far as they are there.
    ///
    /// - Throws: ``FileError`` when one cannot be read.
    static func checkTables(
        in files: StoredFolder,
        _ output: ReadingOutput,
        of plan: GenerationPlan,
        _ report: inout VerificationReport
    ) throws(FileError)

    /// What the manifest should say of the small tables beside the file of an output.
    ///
    /// - Throws: ``FileError`` when their sizes cannot be told.
    static func tableEntries(
        _ output: ReadingOutput,
        of plan: GenerationPlan,
        eventCount: Int64,
        sizes: (String) throws(FileError) -> Int64
    ) throws(FileError) -> [ManifestFile]
}

extension StoredFormat {
    static func makeWindow(_ file: StoredFile, following: [StoredFile], _ output: ReadingOutput) -> TextWindow {
        TextWindow(file, following: following)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { nil }

    static func entries(of file: StoredFile) throws(StoredFailure) -> [(key: String, value: String)]? { nil }

    static func checkTables(
        in files: StoredFolder,
        _ output: ReadingOutput,
        of plan: GenerationPlan,
        _ report: inout VerificationReport
    ) throws(FileError) {}

    static func tableEntries(
        _ output: ReadingOutput,
        of plan: GenerationPlan,
        eventCount: Int64,
        sizes: (String) throws(FileError) -> Int64
    ) throws(FileError) -> [ManifestFile] { [] }

    static func makeDatabase(in files: StoredFolder, _ output: ReadingOutput, of plan: GenerationPlan) throws(FileError)
        -> StoredDatabase?
    {
        nil
    }
}

extension StoredFormat where Self: TextFormat {
    static func damage(of file: StoredFile) throws(FileError) -> Problems {
        var problems = Problems()
        guard CompressedFormat(path: file.path) != nil else { return problems }
        let window = TextWindow(file)
        try window.drain()
        if let problem = window.problem { problems.add(problem) }
        return problems
    }
}

/// The formats whose files can be read again: all that there are.
enum StoredFormats {
    /// By the order in which an audit looks for readings: CSV is the fastest to read.
    static let all: [any StoredFormat.Type] = [
        CSVFormat.self, SQLiteFormat.self, JSONLinesFormat.self, LineProtocolFormat.self, ClickHouseFormat.self,
        PostgreSQLFormat.self, OpenMetricsFormat.self, ParquetFormat.self, ArrowFormat.self,
    ]

    /// How files of a format are read.
    static func format(of format: OutputFormat) -> any StoredFormat.Type {
        guard let found = all.first(where: { $0.format == format }) else { preconditionFailure("no such format") }
        return found
    }

    /// How a file of readings is read; nil for a name that none has.
    static func format(ofFile name: String) -> (any StoredFormat.Type)? {
        let name = ShardNames.count(inPath: name) == nil ? name : ShardNames.name(ofPath: name)
        return all.first { $0.fileNames.contains(name) }
    }
}

extension ReadingOutput {
    /// How the output's file is read again.
    private var stored: any StoredFormat.Type { StoredFormats.format(of: parameters.format) }

    /// The text of its files, or what is made of them to be compared as text.
    func makeWindow(_ file: StoredFile, following: [StoredFile]) -> TextWindow {
        stored.makeWindow(file, following: following, self)
    }

    /// How the records of a format that is compared as text are told apart; nil for another one.
    var recordFormat: RecordFormat? {
        stored.recordFormat(of: self)
    }

    /// Its file in a folder if that holds all tables of a dataset; nil for another one.
    ///
    /// - Throws: ``FileError`` when it cannot be opened.
    func makeDatabase(in files: StoredFolder, of plan: GenerationPlan) throws(FileError) -> StoredDatabase? {
        try stored.makeDatabase(in: files, self, of: plan)
    }
}
