import ArgumentParser
import DatasetFiles
import DatasetGen

/// `gen-dataset recipe FILE`: generates the dataset that a recipe describes.
struct RecipeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipe",
        abstract: "Generate the dataset that a recipe describes.",
        discussion: """
            FILE is a path; a bare name that is not a file here is looked up among the bundled recipes. Options beat the \
            environment, which beats the recipe, which beats the defaults.

              gen-dataset recipe ml-training.yaml
              gen-dataset recipe ml-training.yaml -o - --format csv --columns timestamp,sensor_id,temperature | head
            """
    )

    @OptionGroup var recipe: RecipeOptions

    @OptionGroup(title: "Standard output") var part: StreamOptions

    @OptionGroup(title: "Live run") var live: RealtimeOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Folder of the dataset; default datasets/<dataset name>. - is standard output.",
            valueName: "dir"
        ),
        completion: .directory
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "One of N parts of the readings, from 0/N to N-1/N; their rows, one part behind the other, are all. env/N takes the number from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX.",
            valueName: "i/n"
        ),
        transform: { try Shard.option($0) }
    )
    var shard: Shard?

    @Flag(help: "Serve progress and a dashboard over HTTP meanwhile, as the recipe's section monitoring says.")
    var monitor = false

    @Flag(help: "Print the resolved recipe, the row count and the estimated bytes; write nothing.")
    var dryRun = false

    @OptionGroup var writing: WritingOptions

    func validate() throws {
        for option in GivenOptions.current.unused(in: runMode) {
            throw ValidationError(option.refusal(in: runMode))
        }
        if shard != nil, writing.signing.sign != nil {
            throw ValidationError("--sign does not go with --shard: merge --sign signs the whole dataset")
        }
        if writing.json, live.stdout { throw ValidationError("--json and --stdout both write to standard output") }
    }

    /// What the run would be without `--dry-run`.
    private var runMode: RunMode {
        live.realtime ? .live : output == "-" ? .stream : monitor ? .monitored : .batch
    }

    func run() async throws {
        // Before anything else: a run shall not end without its signature for a mistake in the key.
        let signer = try writing.signingKey()
        let loader = try recipe.loader(
            adding: (monitor ? [.monitor] : []) + part.overrides + (runMode == .stream ? [.unpackaged] : [])
        )
        let loaded = try loader.load()
        try refuseRecording(in: loaded.recipe)
        if live.realtime, !dryRun {
            return try await LiveHalf.run(loaded, loader: loader, live, writing)
        }
        let outline = try loaded.outline(shardCount: shard?.count ?? 1)
        if dryRun, !live.realtime { try loaded.checkSplits(outline) }
        writing.tell(loaded.notes + outline.notes + loaded.notesOfUnused(in: runMode) + notesOfOptions)
        if dryRun {
            printEstimate(try live.realtime ? loaded.liveEstimate(outline) : DatasetEstimate(outline), outline)
        } else {
            if runMode == .stream { try part.check(loaded.recipe) }
            let plan = try loaded.plan(outline, for: .writing, ignoresMemory: writing.ignoreSpace)
            if runMode == .stream { return try await stream(plan) }
            if let shard {
                try plan.recipe.check(shard)
                // A scheduler may repeat a job when all is done.
                if writing.resume, try ShardMerge.isDone(folder(of: plan), plan, with: shard) {
                    if writing.json {
                        Console.json([
                            "folder": .string(folder(of: plan)), "shard": .string(shard.text), "merged": true,
                        ])
                    }
                    return Console.note("note: \(folder(of: plan)) is merged already, with shard \(shard.text)")
                }
            }
            try await generate(plan, loaded.recipe.live, signer)
        }
    }

    /// The readings of a recording are there, and those of all shards are read for each.
    private func refuseRecording(in recipe: Recipe) throws {
        guard recipe.recording != nil, live.realtime || shard != nil else { return }
        throw Failure(
            live.realtime
                ? "a recording has been made: a live run, which makes readings as time goes, needs a recipe without one"
                : "the readings of a recording are written at once, without --shard",
            status: .wrongUsage
        )
    }

    /// What a dry run does not do with options that a real one would use.
    private var notesOfOptions: [String] {
        let names = GivenOptions.current.unused(in: .dryRun).map(\.name)
        return !dryRun || names.isEmpty ? [] : ["a dry run does not use " + names.joined(separator: ", ")]
    }

    private func stream(_ plan: GenerationPlan) async throws {
        let line = writing.showsProgress ? ProgressLine(name: plan.recipe.name) : nil
        let begin = ContinuousClock.now
        let progress = try await StreamRun(plan, part, shard, workerCount: writing.workerCount, line).run()
        if writing.verbose {
            DatasetGeneration.report(rows: progress.rowsDone, bytes: progress.bytesWritten, since: begin)
        }
    }

    private func generate(_ plan: GenerationPlan, _ parameters: LiveParameters, _ signer: SigningKey?) async throws {
        let folder = folder(of: plan)
        let generation = writing.generation(in: folder, shard, signer: signer)
        guard monitor else { return try await generation.run(plan) }
        let earlier = writing.resume ? (try? InterruptedRun(ofDataset: folder, shard))?.readings ?? 0 : 0
        try await LiveHalf.generate(plan, parameters, behind: earlier, writing, by: generation)
    }

    private func folder(of plan: GenerationPlan) -> String { output ?? "datasets/" + plan.recipe.name }

    private func printEstimate(_ estimate: DatasetEstimate, _ outline: PlanOutline) {
        let text = RecipeWriter.text(of: outline.recipe)
        if writing.json {
            Console.json(estimate.json.adding("recipe", .string(text)))
            return
        }
        Console.raw(text)
        Console.result(
            """
            # \(Readable.count(outline.readingCount, of: "reading")) of \
            \(Readable.count(outline.sensorCount, of: "sensor")), \
            about \(Readable.bytes(Double(estimate.totalBytes))):
            """
        )
        for file in estimate.files {
            let rows = file.rows.map { ", \(Readable.count($0, of: "row"))" } ?? ""
            Console.result("#   \(file.path)  \(Readable.bytes(Double(file.bytes)))\(rows)")
        }
    }
}
