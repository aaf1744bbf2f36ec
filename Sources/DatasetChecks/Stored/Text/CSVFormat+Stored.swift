import DatasetFiles

extension CSVFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        try CSVRowReader(file, rows)
    }

    static func recordFormat(columns: [String]) -> RecordFormat? { .csv(columns) }
}
