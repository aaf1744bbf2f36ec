import DatasetFormats
import DatasetGen

/// The table of sensors as `sensors.csv`, which is written as a whole before all blocks.
struct SensorsSink: PieceSink {
    /// Its name.
    static let fileName = "sensors.csv"

    /// There are none.
    final class Piece: EncodedPiece {
        var byteCount: Int { 0 }
    }

    private let file: OutputFile
    private let count: Int

    /// Writes the content of the file, which has so many sensors.
    init(_ content: [UInt8], count: Int, in folder: DatasetFolder) throws(FileError) {
        self.count = count
        file = try OutputFile(creating: folder.path(of: Self.fileName), in: folder.fileSystem)
        try file.append(content)
    }

    /// Of what is written.
    var digest: SHA256Digest { file.digest }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    func append(_ piece: Piece) {}

    /// Nothing: whoever goes on writes it anew.
    func store(in state: inout StateWriter) {}

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let digest = try file.finish()
        let entry = ManifestFile(
            path: Self.fileName,
            format: "csv",
            rows: Int64(count),
            uncompressedBytes: file.size
        )
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
