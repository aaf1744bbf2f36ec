import DatasetFormats
import DatasetGen

/// Small files of a folder, which are waited for together: the first wait takes what the others need along.
struct SmallFiles {
    private let folder: DatasetFolder
    /// Those that are written and not yet on the disk.
    private var files: [OutputFile] = []

    init(in folder: DatasetFolder) { self.folder = folder }

    /// Writes a file.
    ///
    /// - Returns: the digest of its bytes.
    /// - Throws: ``FileError``.
    mutating func write(_ bytes: [UInt8], to name: String) throws(FileError) -> SHA256Text {
        let file = try OutputFile(creating: folder.path(of: name), in: folder.fileSystem)
        try file.append(bytes)
        files.append(file)
        return SHA256Text(file.digest)
    }

    /// Copies a recording.
    ///
    /// - Throws: ``FileError``, also when it is no longer the file that was read.
    mutating func copy(_ recording: Recording) throws(FileError) -> WrittenFile {
        let source = recording.source
        let input = try FileReader(path: source.path)
        let file = try OutputFile(creating: folder.path(of: source.nameInDataset), in: folder.fileSystem)
        var buffer = ByteBuffer()
        try input.next(into: &buffer, atMost: 1 << 18)
        while buffer.count > 0 {
            try file.append(buffer)
            try input.next(into: &buffer, atMost: 1 << 18)
        }
        let digest = SHA256Text(file.digest)
        guard digest.text == source.sha256 else {
            throw FileError(.read, source.path, reason: "it is no longer what was read from it; nothing was made of it")
        }
        self.files.append(file)
        return WrittenFile(entry: ManifestFile(recording), digest: digest, bytes: file.size)
    }

    /// Waits until all are on the disk.
    ///
    /// - Throws: ``FileError``.
    func finish() throws(FileError) {
        for file in files { _ = try file.finish() }
    }
}

extension SmallFiles {
    /// Writes a file beside an output, or one that describes the dataset.
    mutating func write(_ script: OutputScript) throws(FileError) -> WrittenFile {
        let digest = try write(Array(script.text.utf8), to: script.name)
        return WrittenFile(entry: script.entry, digest: digest, bytes: script.entry.uncompressedBytes)
    }
}
