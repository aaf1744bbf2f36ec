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
