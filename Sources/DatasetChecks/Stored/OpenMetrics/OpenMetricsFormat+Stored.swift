import DatasetFiles
import DatasetFormats

extension OpenMetricsFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        OpenMetricsRowReader(file, rows, rows.series)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { .samples }
}
