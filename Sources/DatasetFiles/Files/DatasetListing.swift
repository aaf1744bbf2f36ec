import DatasetGen

/// Which files of a folder are those of the dataset that its manifest says it is.
///
/// Web applications and browser extensions have a `manifest.json`, too: what is replaced is a dataset by what its manifest
/// says, and of a dataset nothing but its own files is removed.
package struct DatasetListing {
    /// The names of the dataset's files, the manifest's own included.
    package let names: Set<String>

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
        let paths = manifest["files"]?.elements.map { $0["path"]?.stringValue } ?? []
        guard !paths.isEmpty, paths.allSatisfy({ $0.map(Self.isName) ?? false }) else { return nil }
        names = Set(paths.compactMap { $0 })
            .union([DatasetNames.manifest, SHA256Sums.fileName, SHA256Sums.signatureName])
            .union(DatasetFolder.ownNames)
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
        let foreign = try DatasetNames.foreign(in: folder, but: names)
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
        let folder = FileSystem.nearestExisting(folder)
        guard try DatasetListing(folder: folder) == nil else { throw FileError(insideDataset: folder, path) }
    }

    private static func isName(_ path: String) -> Bool {
        !path.isEmpty && !path.utf8.contains(UInt8(ascii: "/")) && path != "." && path != ".."
    }

    /// Bytes: far more than the manifest of any dataset has.
    private static let longestManifest: Int64 = 256 << 20
}
