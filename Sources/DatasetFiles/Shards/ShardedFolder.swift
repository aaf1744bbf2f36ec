import DatasetGen

/// The folder of a dataset whose shards are made one by one, by programs that know nothing of each other.
///
/// Each shard is made in a working folder of its own, as a dataset is. When it is complete its files take their places, and
/// what says what it is comes last. So long as the shards are not merged there is no manifest.
struct ShardedFolder {
    /// Where it is.
    let path: String

    init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Where the dataset of a shard would be if it were one.
    func workingPath(of shard: Shard) -> String { path + "/" + ShardNames(shard).workingFolder }

    /// Looks at what is in the place of a shard.
    ///
    /// - Returns: the shard, if it is there already and the run resumes; nil if it is to be made.
    /// - Throws: ``FileError`` where it cannot be made, or another one is in its place.
    func checkPlace(
        of shard: Shard,
        _ plan: GenerationPlan,
        _ options: DatasetWriter.Options
    ) throws(FileError) -> ShardRecord? {
        guard !path.hasSuffix(DatasetPaths.partialSuffix) else { throw FileError(namedAsPartial: path) }
        if FileSystem.exists(path + "/" + DatasetNames.manifest) {
            throw FileError(.create, path, reason: "there is a whole dataset already; give another folder")
        }
        try checkRecipe(of: plan)
        let place = path + "/" + ShardNames(shard).record
        guard FileSystem.exists(place), !options.replacesExisting else { return nil }
        guard let json = JSONValue(parsing: try FileReader.contents(of: place)), let head = ShardRecord.Head(json)
        else {
            throw FileError(
                .create,
                place,
                reason: "it exists, and does not say what a shard is; --overwrite replaces it"
            )
        }
        guard head.shard == shard else {
            throw FileError(
                .create,
                place,
                reason:
                    "it is of shard \(head.shard.text), and this is \(shard.text): all shards of a folder are of one number"
            )
        }
        guard head.generatorVersion == Generator.version, let record = ShardRecord(json, of: plan) else {
            throw FileError(
                .create,
                place,
                reason: "gen-dataset \(head.generatorVersion) has made it; --overwrite replaces it"
            )
        }
        guard options.resumes else {
            throw FileError(
                .create,
                place,
                reason: "the shard is there already; --resume leaves it as it is, --overwrite replaces it"
            )
        }
        return record
    }

    /// Whether a run that replaces a shard is still to be finished; what is left of one that was killed behind its last step, or
    /// before there was anything to go on with, is removed.
    ///
    /// - Throws: ``FileError`` where another run is at it.
    func hasUnfinishedRun(of shard: Shard, in fileSystem: FileSystem) throws(FileError) -> Bool {
        let folder = workingPath(of: shard) + DatasetPaths.partialSuffix
        guard FileSystem.exists(folder) else { return false }
        if FileSystem.exists(folder + "/" + Journal.fileName) { return true }
        let lock = try FolderLock(folder, in: fileSystem)
        defer { withExtendedLifetime(lock) {} }
        try fileSystem.remove(folder: folder)
        return false
    }

    /// Throws if there are shards of another recipe.
    func checkRecipe(of plan: GenerationPlan) throws(FileError) {
        let file = path + "/" + DatasetNames.recipe
        guard FileSystem.exists(file) else { return }
        let stored = String(decoding: try StoredFile(path: file).contents(), as: UTF8.self)
        let own = plan.recipeText
        guard stored != own else { return }
        let difference =
            RecipeDifference(from: stored, to: own)
            .map { "there it has \($0.path): \($0.old), and here \($0.path): \($0.new)" } ?? "it is another one"
        throw FileError(.create, file, reason: "the shards in this folder are of another recipe: \(difference)")
    }
}

extension DatasetFolder {
    /// Gives the files of a complete shard their places in the folder above, and removes this one.
    ///
    /// The record comes last. Before it, nothing says that the shard is there; a run that is killed in between is repeated,
    /// and has the same bytes.
    ///
    /// - Throws: ``FileError``.
    func publish(_ record: ShardRecord, recipeText: String, of plan: GenerationPlan) throws(FileError) {
        let names = ShardNames(record.shard)
        var small = SmallFiles(in: self)
        _ = try small.write(Array(recipeText.utf8), to: DatasetNames.recipe)
        _ = try small.write(Array(record.json(plan).prettyText.utf8), to: ShardRecord.fileName)
        try small.finish()
        try fileSystem.flush(folder: partialPath)
        // From here on there is nothing to go on with: files are no longer where the journal knows them.
        try removeOwn(Journal.fileName)
        let place = parent + "/" + names.record
        if FileSystem.exists(place) { try fileSystem.remove(file: place) }
        let folders = Set(record.files.map { FileSystem.parent(of: parent + "/" + $0.entry.path) }).sorted()
        for folder in folders { try fileSystem.makeFolders(folder) }
        for file in record.files {
            // A run may replace a file of an earlier one: rename(2) does it at once.
            try fileSystem.move(path(of: file.name), to: parent + "/" + file.entry.path)
        }
        for folder in folders { try fileSystem.flush(folder: folder) }
        try fileSystem.move(path(of: DatasetNames.recipe), to: parent + "/" + DatasetNames.recipe)
        try fileSystem.move(path(of: ShardRecord.fileName), to: place)
        try fileSystem.flush(folder: parent)
        try removeOwn(FolderLock.fileName)
        try fileSystem.remove(emptyFolder: partialPath)
    }

    private func removeOwn(_ name: String) throws(FileError) {
        if FileSystem.exists(path(of: name)) { try fileSystem.remove(file: path(of: name)) }
    }
}
