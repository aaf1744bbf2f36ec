/// The names under which a dataset's folder exists in the course of its making, and the rules that guard them.
package struct DatasetPaths: Sendable {
    /// The final path.
    let final: String
    /// What is behind the name of a dataset in the making.
    static let partialSuffix = ".partial"

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
        // By scalars: a slash with an accent behind it is a slash, as the system sees it.
        var parts = path.unicodeScalars.split(separator: "/").map { String($0) }
        guard let name = parts.popLast(), name != ".", name != ".." else {
            throw FileError(.create, path.isEmpty ? "." : path, reason: "it is not the name of a new folder")
        }
        let root = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
        let prefix = root + parts.map { $0 + "/" }.joined()
        final = prefix + name
        partial = prefix + name + Self.partialSuffix
        aside = prefix + "." + name + ".replaced"
        parent = parts.isEmpty ? (root.isEmpty ? "." : root) : String(prefix.dropLast())
        self.replacesExisting = replacesExisting
    }

    /// Throws unless the final path may become that of a dataset.
    func checkIsFree() throws(FileError) {
        guard FileSystem.exists(final) else { return }
        if FileSystem.isFolder(final), try FileSystem.contents(of: final).isEmpty { return }
        guard replacesExisting else {
            throw FileError(.create, final, reason: "it exists already; --overwrite replaces it")
        }
        guard FileSystem.isFolder(final) else {
            throw FileError(.create, final, reason: "it is not a folder; only a dataset is replaced")
        }
        // A wrong path must not cost anyone a folder of other files, nor a right one what was put beside the dataset.
        _ = try DatasetListing(replacing: final)
    }

    /// Throws unless what is under the name that replaced datasets have is one, or what is left of one.
    func checkAside() throws(FileError) {
        guard FileSystem.exists(aside), try setAside() == nil else { return }
        throw FileError(.create, aside, reason: "it is not a dataset that a run has set aside; move it elsewhere")
    }

    /// The files of the dataset that was set aside; nil if it is none.
    private func setAside() throws(FileError) -> DatasetListing? {
        guard FileSystem.isFolder(aside) else { return nil }
        if let listing = try DatasetListing(folder: aside) { return listing }
        // The manifest goes last; a power cut may keep other names nevertheless.
        let names = DatasetNames.allOfRun.subtracting([DatasetNames.manifest])
        return try DatasetNames.foreignToRuns(in: aside, but: names).isEmpty ? DatasetListing(names: names) : nil
    }

    /// Ends what a run left undone that was killed while it replaced a dataset; for the holder of the partial folder's
    /// lock only.
    func restoreReplaced(in fileSystem: FileSystem) throws(FileError) {
        guard FileSystem.exists(aside) else { return }
        try checkAside()
        if FileSystem.exists(final) {
            try removeReplaced(in: fileSystem)
        } else {
            try fileSystem.move(aside, to: final)
        }
    }

    /// Removes the dataset that was set aside, and nothing but its files.
    func removeReplaced(in fileSystem: FileSystem) throws(FileError) {
        let dataset = try setAside() ?? DatasetListing(names: [])
        for name in dataset.names.subtracting([DatasetNames.manifest]).sorted() {
            let file = aside + "/" + name
            // What has taken the place of a folder of parts may lead elsewhere.
            guard FileSystem.exists(file), FileSystem.isFolder(FileSystem.parent(of: file)) else { continue }
            try fileSystem.remove(file: file)
        }
        do throws(FileError) {
            for name in dataset.folders.sorted() where FileSystem.exists(aside + "/" + name) {
                try fileSystem.remove(emptyFolder: aside + "/" + name)
            }
            // What says that it is a dataset goes last.
            let manifest = aside + "/" + DatasetNames.manifest
            if FileSystem.exists(manifest) { try fileSystem.remove(file: manifest) }
            try fileSystem.remove(emptyFolder: aside)
        } catch {
            let foreign = try dataset.foreign(in: aside)
            if foreign.isEmpty { throw error }
            throw FileError(
                .remove,
                aside,
                reason: "it holds \(DatasetNames.listed(foreign)), which is none of the dataset's and is kept"
            )
        }
    }
}
