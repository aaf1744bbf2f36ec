import DatasetGen

/// A dataset folder on disk, as far as its small files go.
struct StoredDataset {
    /// Its folder.
    let folder: String
    /// `manifest.json`.
    let manifest: JSONValue

    /// - Throws: ``Failure`` when there is no readable manifest.
    init(folder: String) throws(Failure) {
        try Self.checkExists(folder)
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

    /// - Throws: ``Failure`` when there is nothing at the path, with the place where the dataset may be meant to be.
    static func checkExists(_ folder: String) throws(Failure) {
        guard !InputFile.exists(folder) else { return }
        let usual = "datasets/" + folder
        let hint = InputFile.exists(usual + "/manifest.json") ? "; did you mean \(usual)?" : ""
        throw Failure("there is no dataset \(folder)\(hint)", status: .inputNotFound)
    }

    /// The plan that the dataset was made by, from its resolved recipe.
    func plan() throws -> GenerationPlan {
        let path = folder + "/recipe.yaml"
        // A resolved recipe names no files, and a folder from elsewhere shall not have any read.
        return try RecipeReader()
            .read(bytes: try Self.contents(of: path), source: path, defaultName: "recipe").plan()
    }

    /// The bytes of a file of the folder, not of what a link in it leads to.
    private static func contents(of path: String) throws(Failure) -> [UInt8] {
        if let problem = StoredFile.problem(path) { throw Failure("\(path): \(problem)", status: .failsVerification) }
        do throws(InputError) {
            return try InputFile.contents(of: path)
        } catch { throw Failure(error) }
    }
}
