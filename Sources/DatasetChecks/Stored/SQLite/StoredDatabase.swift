import DatasetFiles
import DatasetFormats
import DatasetGen

/// A SQLite file that holds all tables of a dataset, or one for each of its shards.
struct StoredDatabase: Sendable {
    /// A file.
    struct Part: Sendable {
        /// Its name in the dataset folder.
        let name: String
        let file: StoredFile
        /// Whose readings it has.
        let scope: RunScope
    }

    /// The files, in the order of their readings.
    let parts: [Part]
    /// What it was written as.
    let output: ReadingOutput
    /// The plan that the dataset was made by.
    let plan: GenerationPlan

    /// The name of the file in the dataset folder; of several, what they are called together.
    var fileName: String { output.fileName }

    /// How it writes times.
    var timestamps: TimestampStyle { output.parameters.timestamps }

    /// What reads its readings in blocks, in any order.
    ///
    /// - Throws: ``FileError`` when it cannot be opened, or has not the columns.
    func makeBlockReader(_ constants: SensorConstants) throws(FileError) -> PartReaders<SQLiteBlockReader> {
        try PartReaders(parts) { [plan, timestamps] part throws(FileError) in
            try SQLiteBlockReader(part.file, plan: plan, style: timestamps, constants: constants)
        }
    }

    /// What compares its readings, in blocks and in any order, where it has other columns than every dataset.
    ///
    /// - Throws: ``FileError`` when it cannot be opened, or has not the columns.
    func makeTableReader() throws(FileError) -> PartReaders<ShapedTableReader> {
        try PartReaders(parts) { part throws(FileError) in try ShapedTableReader(self, part) }
    }

    /// The rows of the table `events` of each part, in their order.
    ///
    /// - Throws: ``FileError`` when one cannot be opened, or has no such table.
    func eventRows() throws(FileError) -> [SQLiteStatement] {
        var statements: [SQLiteStatement] = []
        for part in parts {
            let database = try SQLiteDatabase(reading: part.file)
            statements.append(try database.prepare("SELECT * FROM events ORDER BY event_id"))
        }
        return statements
    }
}

/// A reader of one of the parts at a time: that of the block that is asked for.
final class PartReaders<Reader> {
    private let parts: [StoredDatabase.Part]
    private let make: (StoredDatabase.Part) throws(FileError) -> Reader
    private var current: (blocks: Range<Int64>, reader: Reader)

    /// - Throws: ``FileError`` when the first part cannot be read.
    init(
        _ parts: [StoredDatabase.Part],
        _ make: @escaping (StoredDatabase.Part) throws(FileError) -> Reader
    ) throws(FileError) {
        (self.parts, self.make) = (parts, make)
        current = (parts[0].scope.blocks, try make(parts[0]))
    }

    /// That of a block.
    ///
    /// - Throws: ``FileError`` when its part cannot be opened, or has not the columns.
    func reader(ofBlock block: Int64) throws(FileError) -> Reader {
        if !current.blocks.contains(block), let part = parts.first(where: { $0.scope.blocks.contains(block) }) {
            current = (part.scope.blocks, try make(part))
        }
        return current.reader
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
