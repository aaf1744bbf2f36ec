import DatasetFiles
import DatasetFormats
import DatasetGen

/// The rows of a Parquet file that any program has written, as text.
struct ParquetRecording: RecordingTable {
    let names: [String]
    let notes: [String]
    private let file: StoredFile
    private let schema: ParquetRecordingSchema
    private var group = 0
    private var rowsLeft: Int64 = 0
    private var columns: [ParquetRecordingColumn] = []

    init(_ file: StoredFile) throws(StoredFailure) {
        self.file = file
        schema = try ParquetRecordingSchema(file)
        names = schema.columns.map(\.name)
        notes = schema.notes
    }

    mutating func appendRow(to text: inout CSVFields) throws(StoredFailure) -> Bool {
        while rowsLeft == 0 {
            guard group < schema.groups.count else { return false }
            rowsLeft = schema.groups[group].rowCount
            columns = []
            for column in schema.columns {
                columns.append(ParquetRecordingColumn(file, column, schema.groups[group].chunks[column.leaf]))
            }
            group += 1
        }
        for index in columns.indices { try columns[index].appendNext(to: &text) }
        rowsLeft -= 1
        return true
    }
}
