import DatasetFiles
import DatasetFormats
import DatasetGen

/// The rows of a table of a SQLite database.
struct SQLiteRecording: RecordingTable {
    let names: [String]
    let notes: [String] = []
    /// The table.
    let table: String
    private let rows: SQLiteStatement

    /// What a table of readings is called where nobody says.
    private static let tableNames = ["readings", "sensor_readings", "measurements", "data"]

    /// Opens a database.
    ///
    /// - Throws: ``RecordingError`` where it cannot be read, or which table is meant is not clear.
    init(_ file: StoredFile, _ request: RecordingRequest) throws(RecordingError) {
        let log = file.path + "-wal"
        do {
            // What a program has written there is not in the file.
            if FileSystem.exists(log), try FileSystem.size(ofFile: log) > 0 {
                throw RecordingError(
                    "\(request.name): beside it is a log, \(log), with rows that are not in it; the program that writes them has "
                        + "to end, or to do PRAGMA wal_checkpoint"
                )
            }
            let database = try SQLiteDatabase(reading: file)
            let tables =
                try database.column(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
                )
                .compactMap { $0 }
            let usual = tables.count == 1 ? tables[0] : Self.tableNames.first { tables.contains($0) }
            guard let table = request.table ?? usual, tables.contains(table) else {
                throw RecordingError("\(request.name): \(Self.problem(request.table, tables))")
            }
            if let problem = request.problem(withName: table) {
                throw RecordingError("\(request.name): the table \(table.quoted) cannot be taken: \(problem)")
            }
            self.table = table
            // Without an index, so that rows come in the order of their ids in any version of SQLite.
            let quoted = "\"\(table.replacing("\"", with: "\"\""))\""
            rows = try database.prepare("SELECT * FROM \(quoted) NOT INDEXED")
            names = rows.columnNames
        } catch {
            if let error = error as? RecordingError { throw error }
            throw RecordingError("\(request.name): \((error as? FileError)?.reason ?? "\(error)")")
        }
    }

    private static func problem(_ stated: String?, _ tables: [String]) -> String {
        guard !tables.isEmpty else { return "it has no table" }
        let listed = tables.map(\.quoted).joined(separator: ", ")
        guard let stated else {
            return "recording.table (--table) says which of its tables has the readings: \(listed)"
        }
        let hint = Suggestion.nearest(to: stated, among: tables).map { "; did you mean \($0.quoted)?" } ?? ""
        return "recording.table: there is no table \(stated.quoted) among \(listed)\(hint)"
    }

    mutating func appendRow(to text: inout CSVFields) throws(StoredFailure) -> Bool {
        do throws(FileError) {
            guard try rows.step() else { return false }
        } catch { throw .file(error) }
        for column in 0..<Int32(names.count) {
            switch rows.type(column) {
            case .null: text.append(plain: [])
            case .integer: text.append(plain: String(rows.integer(column)).utf8)
            case .real: text.append(plain: rows.double(column).shortestText.utf8)
            case .text: rows.withText(column) { field in text.append(field.string(0..<field.count).utf8) }
            case .blob: text.append(plain: "a BLOB".utf8)
            }
        }
        return true
    }
}
