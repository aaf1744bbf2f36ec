import ArgumentParser
import DatasetFiles
import DatasetGen

/// `gen-dataset merge DIR`: makes a dataset of its shards.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make a dataset of the shards in a folder, which recipe --shard has written.",
        discussion: """
            Checks that all are there once and whole, and writes events, sensors, manifest, digests and, last, _SUCCESS beside \
            their files, which stay where they are. Exits with 76 and names the shards if one is missing, doubled, foreign or \
            damaged. A dataset that is merged already is left as it is.

              gen-dataset merge datasets/ml-training
            """
    )

    @Argument(help: "Folder of the shards.", completion: .directory)
    var folder: String

    @Flag(help: "Look at the sizes of files only, and not at their digests.")
    var sizesOnly = false

    @OptionGroup var signing: SigningOptions

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func run() throws {
        let signing = try signing.signingKey()
        var options = ShardMerge.Options()
        options.checksDigests = !sizesOnly
        options.signer = signing?.key
        if let note = signing?.note { Console.note("note: " + note) }
        guard !ShardMerge.isDone(folder) else {
            if json { Console.json(["folder": .string(folder), "merged": false]) }
            return Console.note("note: \(folder) is merged already")
        }
        let plan = try storedPlan()
        let summary: DatasetSummary
        do {
            summary = try ShardMerge(folder, plan, options: options).merge()
        } catch let problems as ShardProblems {
            throw Failure(messages: problems.lines.map { "\(folder): \($0)" }, status: .failsVerification)
        }
        if json { Console.json(summary.json.adding("merged", true)) } else { Console.result(summary.text) }
    }

    /// The plan of the shards, from the recipe beside them.
    private func storedPlan() throws -> GenerationPlan {
        let path = folder + "/recipe.yaml"
        guard InputFile.exists(path) else {
            throw Failure("\(folder) has no shards: there is no \(path)", status: .inputNotFound)
        }
        let bytes = try StoredFile(path: path).contents()
        return try RecipeReader().read(bytes: bytes, source: path, defaultName: "recipe")
            .plan(shardCount: Shard.greatestCount)
    }
}
