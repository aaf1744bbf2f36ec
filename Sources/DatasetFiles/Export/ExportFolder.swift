import DatasetGen

/// The folder of an export: files are written beside it, and get its name when all are there.
struct ExportFolder {
    private let path: String
    private let partial: String
    private let fileSystem = FileSystem()

    /// - Throws: ``FileError`` where there is something of that name already, or in the folder of a dataset.
    init(_ path: String) throws(FileError) {
        self.path = path
        partial = path + ".partial"
        for name in [path, partial] where FileSystem.exists(name) {
            throw FileError(.create, name, reason: "it exists already; give another name, or remove it")
        }
        try DatasetListing.checkThereIsNone(in: FileSystem.parent(of: path), for: path)
        try fileSystem.makeFolders(partial)
    }

    /// Writes a file; folders in its name are made.
    func write(_ bytes: [UInt8], to name: String) throws(FileError) {
        let file = try create(name)
        try file.write(bytes)
        try file.flush()
        try file.close()
    }

    /// Creates a file; folders in its name are made.
    func create(_ name: String) throws(FileError) -> OpenFile {
        let path = partial + "/" + name
        try fileSystem.makeFolders(FileSystem.parent(of: path))
        return try fileSystem.open(path, .creating)
    }

    /// Removes the folder, in which there are no files of series.
    func remove() throws(FileError) {
        for name in try FileSystem.contents(of: partial) {
            let path = partial + "/" + name
            if FileSystem.isFolder(path) {
                try fileSystem.remove(folder: path)
            } else {
                try fileSystem.remove(file: path)
            }
        }
        try fileSystem.remove(emptyFolder: partial)
    }

    /// Gives the folder its name.
    func publish() throws(FileError) { try fileSystem.move(partial, to: path) }
}
