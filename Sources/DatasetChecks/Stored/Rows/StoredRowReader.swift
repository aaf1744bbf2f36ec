import DatasetFiles

/// Reads the rows of one file of readings, in the file's order, a batch at a time.
protocol StoredRowReader: AnyObject {
    /// What is wrong with the file as a whole, as far as it has been read; nil if nothing.
    var problem: String? { get }

    /// Replaces `rows` by the next ones; none at the end, or where the file cannot be read on.
    ///
    /// - Throws: ``FileError`` when the system does not let the file be read.
    func read(into rows: inout [StoredRow]) throws(FileError)
}
