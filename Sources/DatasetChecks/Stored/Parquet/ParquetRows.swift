import DatasetFiles
import DatasetFormats
import DatasetGen

/// The rows of a Parquet file.
struct ParquetRows: StoredColumns {
    private let file: StoredFile
    private let columns: [ParquetColumn]
    private let storages: [PGType]
    private var metadata: ParquetMetadata?
    private var group = 0
    private var readers: [ParquetColumnReader] = []
    private var rowsLeft: Int64 = 0

    /// Rows at a time.
    private static let batch = 2_048

    /// Reads the columns of an output from an open file.
    init(_ file: StoredFile, _ columns: [Column], _ timestamps: TimestampStyle) {
        self.file = file
        self.columns = columns.map { ParquetColumn($0, timestamps) }
        storages = columns.map { CopyColumn($0).storage }
    }

    /// Reads all columns of an open file, whatever they should be, to check it by itself.
    init(checking file: StoredFile) {
        (self.file, columns, storages) = (file, [], [])
    }

    mutating func open() throws(StoredFailure) {
        let found = try ParquetMetadata(file)
        if !columns.isEmpty, let problem = found.problem(ofColumns: columns) { throw .damage(problem) }
        metadata = found
    }

    mutating func readRows(into text: inout ByteBuffer) throws(StoredFailure) -> Bool {
        guard let metadata else { return false }
        while rowsLeft == 0 {
            for reader in readers where try reader.advance() {
                throw .damage("its row group \(group) has more values than rows")
            }
            guard group < metadata.groups.count else { return false }
            readers = []
            for (index, chunk) in metadata.groups[group].chunks.enumerated() {
                let column = metadata.columns[index]
                let storage = storages.isEmpty ? Self.storage(of: column) : storages[index]
                readers.append(try ParquetColumnReader(file, chunk, column, storage))
            }
            rowsLeft = metadata.groups[group].rowCount
            group += 1
        }
        var count = Int(min(Int64(Self.batch), rowsLeft))
        for reader in readers {
            if reader.next == reader.rows.count, try !reader.advance() {
                throw .damage("its row group \(group) has fewer values than rows")
            }
            count = min(count, reader.rows.count - reader.next)
        }
        append(count, to: &text)
        rowsLeft -= Int64(count)
        return true
    }

    /// How values of a column are stored where nobody says it: times as they are.
    static func storage(of column: ParquetColumn) -> PGType {
        switch column.type {
        case .int32: .integer
        case .int64: .bigint
        case .double: .double
        case .byteArray: .text
        }
    }

    private func append(_ count: Int, to text: inout ByteBuffer) {
        // Once for all rows: each reader keeps what it has read to itself.
        let columns = readers.map { (rows: $0.rows[$0.next..<$0.next + count], bytes: $0.bytes) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * (2 + 12 * columns.count))
        let width = UInt16(truncatingIfNeeded: columns.count)
        for row in 0..<count {
            bytes.append(UInt8(width >> 8))
            bytes.append(UInt8(truncatingIfNeeded: width))
            for index in columns.indices {
                if let range = columns[index].rows[columns[index].rows.startIndex + row] {
                    for place in range { bytes.append(columns[index].bytes[place]) }
                } else {
                    for _ in 0..<4 { bytes.append(0xff) }
                }
            }
        }
        for reader in readers { reader.next += count }
        text.append(bytes)
    }
}
