import DatasetChecks
import DatasetFiles
import DatasetGen

/// A dataset folder on disk, as far as its small files go; all its files are open.
struct StoredDataset {
    /// Its files, all of one dataset even if another one takes its place meanwhile.
    let files: StoredFolder
    /// `manifest.json`.
    let manifest: JSONValue

    /// - Throws: ``Failure`` when there is no readable manifest.
    init(folder: String) throws(Failure) {
        files = try StoredFolder(ofDataset: folder)
        let name = "manifest.json"
        guard files.has(name) else {
            throw Failure("\(folder) is not a dataset: it has no manifest.json", status: .inputNotFound)
        }
        guard let manifest = JSONValue(parsing: try Self.contents(of: name, in: files)) else {
            throw Failure("\(folder)/\(name) is not JSON", status: .failsVerification)
        }
        self.manifest = manifest
    }

    /// The bytes on the disk of the files that the manifest lists and that are there, by their names.
    var sizes: [String: Int64] {
        var sizes: [String: Int64] = [:]
        for name in files.names {
            if let file = try? files.file(name) { sizes[name] = file.size }
        }
        return sizes
    }

    /// The plan that the dataset was made by, from its resolved recipe.
    func plan() throws -> GenerationPlan {
        try resolved().plan(shardCount: files.shardCount ?? 1)
    }

    /// The resolved recipe, whose amounts are those of the files.
    func resolved() throws -> ResolvedRecipe {
        let name = "recipe.yaml"
        let path = files.path + "/" + name
        // A resolved recipe names no files but a recording beside it, and a folder from elsewhere shall not have any read.
        let resolved = try files.recipeReader
            .read(bytes: try Self.contents(of: name, in: files), source: path, defaultName: "recipe")
        if let problem = try files.problem(ofAmountsIn: resolved.recipe) {
            throw Failure("\(path): \(problem)", status: .failsVerification)
        }
        return resolved
    }

    /// The bytes of a small file of the folder, not of what a link in it leads to.
    private static func contents(of name: String, in files: StoredFolder) throws(Failure) -> [UInt8] {
        let path = files.path + "/" + name
        guard files.has(name) else { throw Failure("there is no \(path)", status: .inputNotFound) }
        var problem = files.problem(name)
        if let problem { throw Failure("\(path): \(problem)", status: .failsVerification) }
        let bytes: [UInt8]?
        do throws(FileError) {
            let file = try files.file(name)
            problem = file.problem()
            bytes = problem == nil ? try file.contents() : nil
        } catch { throw Failure(error.description, status: .ioError) }
        guard let bytes else { throw Failure("\(path): \(problem ?? "")", status: .failsVerification) }
        return bytes
    }
}

extension StoredFolder {
    /// Opens the files of the dataset that a user names.
    ///
    /// - Throws: ``Failure`` when there is no such folder, with the place where the dataset may be meant to be, or when it cannot
    ///   be read.
    convenience init(ofDataset folder: String) throws(Failure) {
        if ShardMerge.isPending(folder) {
            throw Failure(
                "the shards in \(folder) are not merged: gen-dataset merge \(folder)",
                status: .inputNotFound
            )
        }
        do throws(FileError) {
            try self.init(folder)
        } catch {
            if StoredFolder.isAbsent(error) {
                let usual = "datasets/" + folder
                let hint = InputFile.exists(usual + "/manifest.json") ? "; did you mean \(usual)?" : ""
                throw Failure("there is no dataset \(folder)\(hint)", status: .inputNotFound)
            }
            throw Failure(error.description, status: .ioError)
        }
    }
}
