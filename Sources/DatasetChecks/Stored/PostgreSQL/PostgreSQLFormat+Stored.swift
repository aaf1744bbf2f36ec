import DatasetFiles
import DatasetFormats

extension PostgreSQLFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        CopyRowReader(TextWindow(file), rows)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { .copy(output.copyColumns) }
}
