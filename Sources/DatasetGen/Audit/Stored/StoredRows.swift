/// What a reader of rows must know of the dataset that they are of.
struct StoredRows {
    /// The dataset's files.
    let files: StoredFolder
    /// What is measured.
    let schema: MetricSchema
    /// The fleet.
    let sensors: [Sensor]
    /// How the file writes times.
    let timestamps: TimestampStyle
    /// Whether the rows hold the healthy twin.
    let holdsTwin: Bool
}

extension CSVFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: StoredRows) throws(FileError) -> any StoredRowReader {
        try CSVRowReader(file, rows)
    }
}

extension JSONLinesFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: StoredRows) -> any StoredRowReader {
        JSONLinesRowReader(file, rows)
    }
}

extension SQLiteFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: StoredRows) throws(FileError) -> any StoredRowReader {
        try SQLiteRowReader(
            file,
            beside: besideDatabase.filter { $0 != fileName + "-shm" && rows.files.has($0) },
            rows
        )
    }
}
