import DatasetFiles
import DatasetFormats

extension ClickHouseFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        NativeRowReader(file, rows)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { .native }
}
