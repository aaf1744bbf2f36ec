import DatasetFiles
import DatasetFormats

extension LineProtocolFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        LineProtocolRowReader(file, rows)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { .points }
}
