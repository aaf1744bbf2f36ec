import DatasetFiles
import DatasetFormats
import DatasetGen

/// The rows of a small table in a Parquet file, one after the other.
final class ParquetTableRows {
    private let file: StoredFile
    private let metadata: ParquetMetadata
    private var group = 0
    private var readers: [ParquetColumnReader] = []
    private var rowsLeft: Int64 = 0

    /// Reads an open file that should have these columns.
    init(_ file: StoredFile, _ columns: [ParquetColumn]) throws(StoredFailure) {
        self.file = file
        metadata = try ParquetMetadata(file)
        if let problem = metadata.problem(ofColumns: columns) { throw .damage(problem) }
    }

    /// The values of the next row; nil behind the last.
    func next() throws(StoredFailure) -> [ParquetValue]? {
        while rowsLeft == 0 {
            for reader in readers where try reader.advance() {
                throw .damage("its row group \(group) has more values than rows")
            }
            guard group < metadata.groups.count else { return nil }
            readers = []
            for (column, chunk) in zip(metadata.columns, metadata.groups[group].chunks) {
                readers.append(try ParquetColumnReader(file, chunk, column, ParquetRows.storage(of: column)))
            }
            rowsLeft = metadata.groups[group].rowCount
            group += 1
        }
        var row: [ParquetValue] = []
        for (reader, column) in zip(readers, metadata.columns) {
            if reader.next == reader.rows.count, try !reader.advance() {
                throw .damage("its row group \(group) has fewer values than rows")
            }
            row.append(Self.value(reader.rows[reader.next].map { reader.bytes[$0.dropFirst(4)] }, column.type))
            reader.next += 1
        }
        rowsLeft -= 1
        return row
    }

    /// A value whose bytes are those of a field for PostgreSQL.
    private static func value(_ bytes: ArraySlice<UInt8>?, _ type: ParquetType) -> ParquetValue {
        guard let bytes else { return .null }
        if type == .byteArray { return .text(String(decoding: bytes, as: UTF8.self)) }
        let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return switch type {
        case .double: .double(Double(bitPattern: number))
        case .int32: .integer(Int64(Int32(truncatingIfNeeded: number)))
        default: .integer(Int64(bitPattern: number))
        }
    }
}
