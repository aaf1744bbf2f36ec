import DatasetGen

/// A dataset folder on disk, as far as its small files go.
struct StoredDataset {
    /// Its folder.
    let folder: String
    /// `manifest.json`.
    let manifest: JSONValue

    /// - Throws: ``Failure`` when there is no readable manifest.
    init(folder: String) throws(Failure) {
        let path = folder + "/manifest.json"
        guard InputFile.exists(path) else {
            throw Failure("\(folder) is not a dataset: it has no manifest.json", status: .inputNotFound)
        }
        guard let manifest = JSONValue(parsing: try Self.contents(of: path)) else {
            throw Failure("\(path) is not JSON", status: .failsVerification)
        }
        self.folder = folder
        self.manifest = manifest
    }

    /// The plan that the dataset was made by, from its resolved recipe.
    func plan() throws -> GenerationPlan {
        let path = folder + "/recipe.yaml"
        let text = try Self.contents(of: path)
        return try RecipeReader(
            readFile: { try InputFile.contents(of: $0) },
            locate: { try InputFile.location(of: $0) }
        )
        .read(bytes: text, source: path, defaultName: "recipe", folder: folder).plan()
    }

    /// The bytes of a file of the folder, not of what a link in it leads to.
    private static func contents(of path: String) throws(Failure) -> [UInt8] {
        if let problem = StoredFile.problem(path) { throw Failure("\(path): \(problem)", status: .failsVerification) }
        return try InputFile.contents(of: path)
    }
}
