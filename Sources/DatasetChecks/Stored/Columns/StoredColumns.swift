import DatasetFiles
import DatasetFormats
import DatasetGen

/// A file that holds columns, whose rows are read one behind the other.
protocol StoredColumns {
    /// Reads the columns of an output from an open file.
    init(_ file: StoredFile, _ columns: [Column], _ timestamps: TimestampStyle)

    /// Reads all columns of an open file, whatever they should be, to check it by itself.
    init(checking file: StoredFile)

    /// Reads what stands before the rows.
    mutating func open() throws(StoredFailure)

    /// Appends some rows as they stand in a file for PostgreSQL's COPY; false behind the last.
    mutating func readRows(into text: inout ByteBuffer) throws(StoredFailure) -> Bool
}

/// The rows of a file of columns as those of a file for PostgreSQL's COPY, on demand.
final class CopyRowSource<Columns: StoredColumns>: TextSource {
    private let file: StoredFile
    private var columns: Columns
    private var state = State.head

    private(set) var problem: String?

    private enum State {
        case head
        case rows
        case end
    }

    init(_ file: StoredFile, _ columns: Columns) { (self.file, self.columns) = (file, columns) }

    /// Bytes of the file: what it holds is no text.
    var byteCounts: [Int64] { [file.size] }

    func read(into text: inout ByteBuffer) throws(FileError) -> Bool {
        do throws(StoredFailure) {
            switch state {
            case .head:
                text.append(PGCopyEncoder.header)
                try columns.open()
                state = .rows
            case .rows:
                if try columns.readRows(into: &text) { return true }
                text.append(PGCopyEncoder.trailer)
                state = .end
            case .end: return false
            }
            return true
        } catch {
            state = .end
            switch error {
            case .file(let error): throw error
            case .damage(let damage): problem = damage
            }
            return false
        }
    }
}
