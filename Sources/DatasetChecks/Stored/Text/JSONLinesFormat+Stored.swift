import DatasetFiles

extension JSONLinesFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) -> any StoredRowReader {
        JSONLinesRowReader(file, rows)
    }

    static func recordFormat(columns: [String]) -> RecordFormat? { .jsonLines }
}
