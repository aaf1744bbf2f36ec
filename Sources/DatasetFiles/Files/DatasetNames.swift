import DatasetGen

/// The names that files of a dataset have, or have had while a run was writing it.
enum DatasetNames {
    /// Text that is there once, whatever the recipe asks for.
    static let manifest = "manifest.json"

    /// The resolved recipe.
    static let recipe = "recipe.yaml"

    /// Every name that a run gives to a file of a dataset.
    static let all: Set<String> = Set(RegisteredFormats.all.flatMap { $0.fileNames + $0.tableNames + $0.scriptNames })
        .union([
            manifest, EventsPart.fileName, DeliveryPart.fileName, WholeTable.sensorsName,
            WholeTable.phenomenaName, recipe, SHA256Sums.fileName, SHA256Sums.signatureName,
        ])
        .union(descriptions)
        .union(Recording.namesInDatasets)

    /// Every name that a run gives to a file in the folder that it writes: the dataset's, its own, and its formats'.
    static let allOfRun: Set<String> = all.union([FolderLock.fileName, Journal.fileName, ShardRecord.fileName])
        .union(RegisteredFormats.all.flatMap { $0.temporaryNames })

    /// The names in a folder that no run has given to a file there, those of folders with a slash behind.
    ///
    /// - Throws: ``FileError`` when the folder cannot be read.
    static func foreign(in folder: String, but own: Set<String>) throws(FileError) -> [String] {
        try FileSystem.contents(of: folder)
            .compactMap { name in
                if FileSystem.isFolder(folder + "/" + name) { return name + "/" }
                return own.contains(name) ? nil : name
            }
    }

    /// The names in a folder that no run has given to a file of a dataset in the making, or of one that was set aside.
    ///
    /// Others have files that are called as those that describe a dataset, `README.md` above all: they are a run's only beside the
    /// recipe, which is written before and removed after them.
    ///
    /// - Throws: ``FileError`` when the folder cannot be read.
    static func foreignToRuns(in folder: String, but own: Set<String> = allOfRun) throws(FileError) -> [String] {
        let isOfRun = FileSystem.exists(folder + "/" + recipe)
        return try foreign(in: folder, but: isOfRun ? own : own.subtracting(descriptions))
    }

    /// The names of the files that describe a dataset to tools of others.
    static let descriptions = Set(DatasetPackage.allCases.map(\.fileName))

    /// Some names for a message: `models/, notes.txt and 2 more`.
    static func listed(_ names: [String]) -> String {
        let shown = names.prefix(3)
        guard names.count > shown.count else {
            return [shown.dropLast().joined(separator: ", "), shown.last ?? ""].filter { !$0.isEmpty }
                .joined(separator: " and ")
        }
        return shown.joined(separator: ", ") + " and \(names.count - shown.count) more"
    }
}
