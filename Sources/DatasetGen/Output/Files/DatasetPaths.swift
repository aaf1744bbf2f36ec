/// The names under which a dataset's folder exists in the course of its making, and the rules that guard them.
struct DatasetPaths: Sendable {
    /// The final path.
    let final: String
    /// The dataset in the making.
    let partial: String
    /// The dataset that is overwritten, until the new one has its name.
    let aside: String
    /// The folder above.
    let parent: String
    /// Whether a dataset may be at the final path, to be replaced when the new one is complete.
    let replacesExisting: Bool

    /// - Throws: ``FileError`` for a path that names no new folder, such as `..`.
    init(_ path: String, replacesExisting: Bool) throws(FileError) {
        var parts = path.split(separator: "/")
        guard let name = parts.popLast(), name != ".", name != ".." else {
            throw FileError(.create, path.isEmpty ? "." : path, reason: "it is not the name of a new folder")
        }
        let root = path.hasPrefix("/") ? "/" : ""
        let prefix = root + parts.map { $0 + "/" }.joined()
        final = prefix + name
        partial = prefix + name + ".partial"
        aside = prefix + "." + name + ".replaced"
        parent = parts.isEmpty ? (root.isEmpty ? "." : root) : String(prefix.dropLast())
        self.replacesExisting = replacesExisting
    }

    /// Throws unless the final path may become that of a dataset.
    func checkIsFree() throws(FileError) {
        guard FileSystem.exists(final) else { return }
        guard FileSystem.isFolder(final) else { throw replacesExisting ? isForeign : existsAlready }
        let names = try FileSystem.contents(of: final)
        if names.isEmpty { return }
        guard replacesExisting else { throw existsAlready }
        // `--overwrite` with a wrong path must not cost anyone a folder of other files.
        guard names.contains("manifest.json") else { throw isForeign }
    }

    private var existsAlready: FileError {
        FileError(.create, final, reason: "it exists already; --overwrite replaces it")
    }

    private var isForeign: FileError {
        FileError(.create, final, reason: "it exists and has no manifest.json; only a dataset is replaced")
    }

    /// Ends what a run left undone that was killed while it replaced a dataset; for the holder of the partial folder's
    /// lock only.
    func restoreReplaced(in fileSystem: FileSystem) throws(FileError) {
        guard FileSystem.exists(aside) else { return }
        if FileSystem.exists(final) {
            try fileSystem.remove(aside)
        } else {
            try fileSystem.move(aside, to: final)
        }
    }
}
