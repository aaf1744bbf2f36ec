import DatasetFormats
import DatasetGen

/// A ``WholeTable`` as a file, which is written before all blocks.
struct WholeTableSink: PieceSink {
    /// There are none.
    final class Piece: EncodedPiece {
        var byteCount: Int { 0 }
    }

    private let table: WholeTable
    private let file: OutputFile
    private let rows: Int64

    /// Writes the content of the file.
    init(_ table: WholeTable, in folder: DatasetFolder) throws(FileError) {
        self.table = table
        let file = try OutputFile(creating: folder.path(of: table.fileName), in: folder.fileSystem)
        var count: Int64 = 0
        try table.forEachPiece { lines, rows throws(FileError) in
            try file.append(lines)
            count += Int64(rows)
        }
        (self.file, rows) = (file, count)
    }

    /// The file's name, which is that of its section of the journal, too.
    var name: String { table.fileName }

    /// Of what is written.
    var digest: SHA256Digest { file.digest }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    func append(_ piece: Piece) {}

    /// Nothing: whoever goes on writes it anew.
    func store(in state: inout StateWriter) {}

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let digest = try file.finish()
        let entry = ManifestFile.table(table.fileName, table.timestamps, rows: rows, bytes: file.size)
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
