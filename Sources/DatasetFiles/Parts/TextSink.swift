import DatasetFormats
import DatasetGen

/// Text files of readings in the making, compressed or not: one, or one behind the other.
///
/// All of them stay open to the end: another thread may still be making safe what was written into one that is complete.
struct TextSink: PieceSink {
    private let frame: TextFrame
    private let folder: DatasetFolder
    private let names: [String]
    /// Those that are begun; all but the last one are complete.
    private var files: [TextFile]

    /// Creates the first file.
    init(creating frame: TextFrame, in folder: DatasetFolder) throws(FileError) {
        (self.frame, self.folder, names) = (frame, folder, frame.output.fileNames)
        files = [try TextFile(creating: folder.path(of: names[0]), frame, in: folder.fileSystem)]
    }

    /// Goes on with the files of an interrupted run.
    init(resuming state: inout StateReader, _ frame: TextFrame, in folder: DatasetFolder) throws(FileError) {
        (self.frame, self.folder, names) = (frame, folder, frame.output.fileNames)
        var count = 1
        if names.count > 1 {
            do throws(StateError) {
                let stored: Int64 = try state.next()
                guard (1...Int64(names.count)).contains(stored) else { throw StateError() }
                count = Int(stored)
            } catch { throw FileError(changed: folder.path(of: names[0])) }
        }
        files = []
        for name in names[..<count] {
            files.append(try TextFile(resuming: folder.path(of: name), frame, from: &state, in: folder.fileSystem))
        }
        // What was begun behind the last record is begun again.
        for name in names[count...] where FileSystem.exists(folder.path(of: name)) {
            try folder.fileSystem.remove(file: folder.path(of: name))
        }
    }

    func store(in state: inout StateWriter) {
        if names.count > 1 { state.append(Int64(files.count)) }
        for file in files { file.store(in: &state) }
    }

    var size: Int64 { files.reduce(0) { $0 + $1.size } }

    var flushers: [FileFlusher] { files.map(\.flusher) }

    mutating func append(_ piece: EncodedText) throws(FileError) {
        try files[files.count - 1].append(piece)
        for next in piece.following {
            try files[files.count - 1].complete(frame)
            let path = folder.path(of: names[files.count])
            files.append(try TextFile(creating: path, frame, in: folder.fileSystem))
            try files[files.count - 1].append(next)
        }
    }

    mutating func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        try files[files.count - 1].complete(frame)
        var written: [WrittenFile] = []
        for (name, file) in zip(names, files) {
            let digest = try file.finish()
            var entry = ManifestFile(
                frame.output,
                of: dataset.rows,
                counted: file.rowCount,
                uncompressedBytes: file.uncompressedBytes
            )
            entry.path = name
            written.append(WrittenFile(entry: entry, digest: digest, bytes: file.size))
        }
        return written
    }
}
