import DatasetFormats
import DatasetGen

/// A Parquet file in the making: takes row groups, and writes the footer behind all of them.
struct RowGroupFile {
    /// What is known before the first row.
    struct Content {
        let name: String
        let columns: [ParquetColumn]
        let parameters: OutputParameters
        /// The index of the column that the rows are sorted by; nil for none.
        var sortingColumn: Int?
    }

    private let content: Content
    private let file: OutputFile
    private var groups: [ParquetRowGroup] = []
    /// How many of them the journal knows.
    private var storedCount = 0

    /// Creates the file.
    init(creating content: Content, in folder: DatasetFolder) throws(FileError) {
        self.content = content
        file = try OutputFile(creating: folder.path(of: content.name), in: folder.fileSystem)
        try file.append(ParquetFile.magic)
    }

    /// Goes on with the file of an interrupted run, whose row groups are yet to be taken.
    init(resuming state: inout StateReader, _ content: Content, in folder: DatasetFolder) throws(FileError) {
        self.content = content
        file = try OutputFile(resuming: folder.path(of: content.name), from: &state, in: folder.fileSystem)
    }

    /// Takes the row groups of the interrupted run: the rest of what it has stored.
    mutating func takeGroups(_ state: inout StateReader) throws(FileError) {
        do throws(StateError) {
            while state.count > 0 { groups.append(try state.next()) }
        } catch { throw FileError(changed: file.path) }
        storedCount = groups.count
        // A record that was lost would leave a gap.
        let end = groups.reduce(Int64(ParquetFile.magic.count)) { $1.offset == $0 ? $0 + $1.size : -1 }
        guard end == file.size else { throw FileError(changed: file.path) }
    }

    func store(in state: inout StateWriter) { file.store(in: &state) }

    mutating func storeGrowth(in state: inout StateWriter) {
        for group in groups[storedCount...] { state.append(group) }
        storedCount = groups.count
    }

    var size: Int64 { file.size }

    /// Rows written.
    var rowCount: Int64 { groups.reduce(0) { $0 + $1.rowCount } }

    var flusher: FileFlusher { file.flusher }

    mutating func append(_ group: EncodedRowGroup) throws(FileError) {
        guard group.rowCount > 0 else { return }
        groups.append(ParquetRowGroup(offset: file.size, rowCount: Int64(group.rowCount), chunks: group.chunks))
        try file.append(group.bytes)
    }

    /// Writes the footer, which has these entries, and waits until the file is on the disk.
    func finish(_ entries: [(key: String, value: String)]) throws(FileError) -> SHA256Text {
        let footer = ParquetFooter(
            columns: content.columns,
            compression: content.parameters.compression,
            groups: groups,
            sortingColumn: content.sortingColumn,
            entries: entries
        )
        try file.append(footer.bytes(at: file.size))
        return try file.finish()
    }
}
