import DatasetFiles
import DatasetFormats

extension JSONLinesFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) -> any StoredRowReader {
        JSONLinesRowReader(file, rows)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { .jsonLines }
}
