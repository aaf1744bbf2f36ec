import DatasetFiles
import DatasetFormats
import DatasetGen

/// A SQLite file that holds all tables of a dataset.
struct StoredDatabase: Sendable {
    /// The file.
    let file: StoredFile
    /// What it was written as.
    let output: ReadingOutput
    /// The plan that the dataset was made by.
    let plan: GenerationPlan

    /// The file's name in the dataset folder.
    var fileName: String { output.fileName }

    /// How it writes times.
    var timestamps: TimestampStyle { output.parameters.timestamps }

    /// What reads its readings in blocks, in any order.
    ///
    /// - Throws: ``FileError`` when it cannot be opened, or has not the columns.
    func makeBlockReader(_ constants: SensorConstants) throws(FileError) -> SQLiteBlockReader {
        try SQLiteBlockReader(file, plan: plan, style: timestamps, constants: constants)
    }

    /// What compares its readings, in blocks and in any order, where it has other columns than every dataset.
    ///
    /// - Throws: ``FileError`` when it cannot be opened, or has not the columns.
    func makeTableReader() throws(FileError) -> ShapedTableReader { try ShapedTableReader(self) }

    /// The rows of its table `events`, in their order.
    ///
    /// - Throws: ``FileError`` when it cannot be opened, or has no such table.
    func eventRows() throws(FileError) -> SQLiteStatement {
        try SQLiteDatabase(reading: file).prepare("SELECT * FROM events ORDER BY event_id")
    }
}

extension SQLiteDatabase {
    /// What SQLite itself finds wrong with the file.
    ///
    /// - Throws: ``FileError`` when it cannot be looked at.
    func integrityProblems() throws(FileError) -> Problems {
        var problems = Problems()
        for line in try column("PRAGMA integrity_check(10)") where line != "ok" {
            problems.add("integrity_check: \(Excerpt.value(line))")
        }
        return problems
    }
}
