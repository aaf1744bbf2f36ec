import DatasetFormats
import DatasetGen

/// The tables of a live database.
///
/// `sensor_data` is column for column that of a batch run's SQLite file; `dataset` holds keys and values as there. The
/// tables `live`, `live_versions` and `live_totals` hold what it takes to go on after a restart, `live_skips` what was left
/// out.
enum LiveSchema {
    /// The greatest `id` that a run gives: every larger whole number loses digits in readers that know doubles only.
    static let greatestReading: Int64 = 1 << 53

    /// The statements that make the tables.
    static func creation(_ columns: [Column], timestamps: TimestampStyle) -> String {
        let columns = columns.map { "    \(SQLiteName.declared($0.name)) \($0.sqlType(timestamps))" }
            .joined(separator: ",\n")
        return """
            CREATE TABLE IF NOT EXISTS sensor_data (
            \(columns)
            );
            \(bookkeeping)
            """
    }

    /// The statements that make the tables beside the readings.
    static let bookkeeping = """
        CREATE TABLE IF NOT EXISTS dataset (
            key TEXT PRIMARY KEY,
            value TEXT
        );
        CREATE TABLE IF NOT EXISTS live (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER,
            next_position INTEGER,
            next_reading INTEGER,
            next_time DATETIME,
            anchor_wall INTEGER,
            anchor_simulated INTEGER,
            speed REAL,
            live_start INTEGER,
            is_finished BOOLEAN,
            json_lines_path TEXT,
            json_lines_bytes INTEGER
        );
        CREATE TABLE IF NOT EXISTS live_versions (
            version INTEGER PRIMARY KEY,
            first_reading INTEGER,
            first_tick INTEGER,
            first_time DATETIME,
            applied_at DATETIME,
            seed TEXT,
            recipe TEXT
        );
        CREATE TABLE IF NOT EXISTS live_totals (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            totals TEXT
        );
        CREATE TABLE IF NOT EXISTS live_skips (
            first_reading INTEGER PRIMARY KEY,
            last_reading INTEGER,
            first_time DATETIME,
            last_time DATETIME,
            skipped_at DATETIME
        );
        """

    /// The statement that adds some readings; parameters are numbered as ``parameter(of:in:)`` says, row behind row.
    static func insertion(_ columns: [Column], rows: Int) -> String {
        let perRow = parametersPerRow(columns)
        let values = (0..<rows)
            .map { row in
                let values = columns.map {
                    $0 == .synced ? "0" : "?\(row * perRow + Int(parameter(of: $0, in: columns)))"
                }
                return "(\(values.joined(separator: ",")))"
            }
        return "INSERT INTO sensor_data VALUES \(values.joined(separator: ","))"
    }

    /// How many parameters a row has: one for each column but `synced`.
    static func parametersPerRow(_ columns: [Column]) -> Int { columns.count - 1 }

    /// The number of the parameter that holds a column's value in the first row.
    static func parameter(of column: Column, in columns: [Column]) -> Int32 {
        let bound = columns.filter { $0 != .synced }
        guard let index = bound.firstIndex(of: column) else { preconditionFailure("a column of another table") }
        return Int32(index + 1)
    }
}

extension Column {
    /// What the table says of it.
    var declared: [String] { [name, sqlType] }
}

/// A column of `sensor_data`, where GRDB has a type of the same name.
typealias ReadingColumn = Column
