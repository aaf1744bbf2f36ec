import DatasetGen

/// Which files of a folder are those of the dataset that its manifest says it is.
///
/// Web applications and browser extensions have a `manifest.json`, too: what is replaced is a dataset by what its manifest
/// says, and of a dataset nothing but its own files is removed.
package struct DatasetListing {
    /// The names of the dataset's files, the manifest's own included; those of parts begin with a folder's.
    package let names: Set<String>
    /// The folders that the parts of a merged dataset are in.
    let folders: Set<String>

    /// Files in no other folder than the dataset's.
    init(names: Set<String>) { (self.names, folders) = (names, []) }

    /// Reads the manifest in a folder; nil unless it is that of a dataset of this program.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    package init?(folder: String) throws(FileError) {
        let path = folder + "/" + DatasetNames.manifest
        guard FileSystem.exists(path), StoredFile.problem(path) == nil,
            try FileSystem.size(ofFile: path) <= Self.longestManifest,
            let manifest = JSONValue(parsing: try FileReader.contents(of: path)),
            manifest["generator"]?["name"]?.stringValue == Generator.name,
            manifest["format_version"]?.integerValue != nil,
            manifest["dataset"]?["name"]?.stringValue != nil,
            manifest["content_sha256"]?.stringValue?.utf8.count == 64
        else { return nil }
        let files = manifest["files"]?.elements ?? []
        let paths = files.compactMap { $0["path"]?.stringValue }
        let parts = paths.filter { !Self.isName($0) }
        guard !paths.isEmpty, paths.count == files.count, parts.allSatisfy({ ShardNames.count(inPath: $0) != nil })
        else { return nil }
        names = Set(paths)
            .union([DatasetNames.manifest, SHA256Sums.fileName, SHA256Sums.signatureName])
            .union(DatasetFolder.ownNames)
            .union(parts.isEmpty ? [] : [ShardNames.success])
        folders = Set(parts.map { FileSystem.parent(of: $0) })
    }

    /// Throws unless a folder holds a dataset and nothing else, so that it may be replaced.
    ///
    /// - Throws: ``FileError`` that names what would be lost.
    init(replacing folder: String) throws(FileError) {
        guard let listing = try DatasetListing(folder: folder) else {
            let hasManifest = FileSystem.exists(folder + "/" + DatasetNames.manifest)
            let reason = hasManifest ? "its manifest.json is not that of a dataset" : "it has no manifest.json"
            throw FileError(.create, folder, reason: "it exists and \(reason); only a dataset is replaced")
        }
        self = listing
        let foreign = try foreign(in: folder)
        guard foreign.isEmpty else {
            throw FileError(
                .create,
                folder,
                reason:
                    "besides its dataset it holds \(DatasetNames.listed(foreign)), which would be lost; move what is "
                    + "to stay elsewhere, or give another folder"
            )
        }
        for name in names.sorted() {
            guard let problem = StoredFile.problem(folder + "/" + name) else { continue }
            throw FileError(.create, folder + "/" + name, reason: problem)
        }
    }

    /// Throws if the nearest folder that there is, at a path or above it, is that of a dataset, which holds its own files alone.
    ///
    /// - Throws: ``FileError`` about what would have been made there.
    static func checkThereIsNone(in folder: String, for path: String) throws(FileError) {
        guard let found = try around(FileSystem.nearestExisting(folder)) else { return }
        throw FileError(insideDataset: found.folder, path)
    }

    /// The dataset whose folder something would be put into, or into a folder of whose parts; nil if there is none.
    ///
    /// - Throws: ``FileError`` when a manifest cannot be read.
    static func around(_ folder: String) throws(FileError) -> (folder: String, listing: DatasetListing)? {
        if let listing = try DatasetListing(folder: folder) { return (folder, listing) }
        guard let name = folder.split(separator: "/").last.map({ String($0) }), ShardNames.folders.contains(name)
        else { return nil }
        let above = FileSystem.parent(of: folder)
        guard let listing = try DatasetListing(folder: above), listing.folders.contains(name) else { return nil }
        return (above, listing)
    }

    /// What is in a folder, and in those of parts in it, and is none of the dataset's.
    ///
    /// - Throws: ``FileError`` when the folder cannot be read.
    func foreign(in folder: String) throws(FileError) -> [String] {
        let own = Set(folders.filter { FileSystem.isFolder(folder + "/" + $0) }.map { $0 + "/" })
        var foreign = try DatasetNames.foreign(in: folder, but: names).filter { !own.contains($0) }
        for name in own.sorted() {
            foreign += try FileSystem.contents(of: folder + "/" + name).map { name + $0 }
                .filter { !names.contains($0) }
        }
        return foreign
    }

    /// How many shards it is merged of; nil for one that is not.
    var shardCount: Int? { names.lazy.compactMap { ShardNames.count(inPath: $0) }.first }

    private static func isName(_ path: String) -> Bool {
        !path.isEmpty && !path.utf8.contains(UInt8(ascii: "/")) && path != "." && path != ".."
    }

    /// Bytes: far more than the manifest of any dataset has.
    private static let longestManifest: Int64 = 256 << 20
}
