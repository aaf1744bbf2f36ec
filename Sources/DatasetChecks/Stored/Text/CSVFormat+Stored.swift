import DatasetFiles
import DatasetFormats
import DatasetGen

extension CSVFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        try CSVRowReader(file, rows)
    }

    static func recordFormat(of output: ReadingOutput) -> RecordFormat? { .csv(output.columns.map(\.name)) }
}
