import DatasetFiles

/// Reads the rows of several files, one file behind the other.
final class RowReaders: StoredRowReader {
    private var files: ArraySlice<StoredFile>
    private let makeReader: (StoredFile) throws(FileError) -> any StoredRowReader
    private var reader: (any StoredRowReader)?

    /// Reads files, each by a reader of its own.
    init(
        _ files: [StoredFile],
        _ makeReader: @escaping (StoredFile) throws(FileError) -> any StoredRowReader
    ) {
        (self.files, self.makeReader) = (files[...], makeReader)
    }

    var problem: String? { reader?.problem }

    func read(into rows: inout [StoredRow]) throws(FileError) {
        rows.removeAll(keepingCapacity: true)
        while true {
            try reader?.read(into: &rows)
            // What is wrong with a file ends the reading: what follows would not be in its place.
            guard rows.isEmpty, problem == nil, let next = files.popFirst() else { return }
            reader = try makeReader(next)
        }
    }
}
