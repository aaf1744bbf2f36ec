import ArgumentParser
import DatasetFiles
import DatasetGen
import DatasetLive

/// `gen-dataset recipe FILE`: generates the dataset that a recipe describes.
struct RecipeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipe",
        abstract: "Generate the dataset that a recipe describes.",
        discussion: """
            FILE is a path; a bare name that is not a file here is looked up among the bundled recipes. Options beat the \
            environment, which beats the recipe, which beats the defaults.

              gen-dataset recipe ml-training.yaml
              gen-dataset recipe ml-training.yaml -o - --format csv --columns timestamp,sensor_id,temperature | consumer
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
            "One of N parts of the readings, from 0/N to N-1/N; one behind the other they are all. env/N takes the number from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX.",
            valueName: "i/n"
        )
    )
    var shard: Shard?

    @Option(parsing: .unconditional, help: ArgumentHelp("Worker threads; default all cores.", valueName: "n"))
    var threads: Int?

    @Flag(help: "Replace an existing dataset once the new one is complete.")
    var overwrite = false

    @Flag(help: "Finish an interrupted run; without one, begin.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "Sign the dataset with this Ed25519 private key in PEM, in SHA256SUMS.sig.",
            valueName: "key"
        ),
        completion: .key
    )
    var sign: String?

    @Flag(help: "Begin even where disk or memory seem too small.")
    var ignoreSpace = false

    @Flag(help: "Serve progress and a dashboard over HTTP meanwhile, as the recipe's section monitoring says.")
    var monitor = false

    @Flag(help: "Print the resolved recipe, the row count and the estimated bytes; write nothing.")
    var dryRun = false

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "No notes and no progress on standard error.")
    var quiet = false

    @Flag(name: [.short, .long, .customLong("debug")], help: "Say on standard error what is done and how fast.")
    var verbose = false

    @Option(help: "When to show the progress line: auto (on a terminal), always or never.")
    var progress: ProgressLine.Visibility = .auto

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads \(threads): between 1 and 1024")
        }
        for option in GivenOptions.current.unused(in: runMode) {
            throw ValidationError(option.refusal(in: runMode))
        }
        if shard != nil, sign != nil {
            throw ValidationError("--sign does not go with --shard: merge --sign signs the whole dataset")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other") }
        if quiet, progress == .always { throw ValidationError("--quiet and --progress always contradict each other") }
        if json, live.stdout { throw ValidationError("--json and --stdout both write to standard output") }
    }

    /// What the run would be without `--dry-run`.
    private var runMode: RunMode {
        live.realtime ? .live : output == "-" ? .stream : monitor ? .monitored : .batch
    }

    func run() async throws {
        // Before anything else: a run shall not end without its signature for a mistake in the key.
        let signer = try signingKey()
        let loader = try recipe.loader(
            adding: (monitor ? [.monitor] : []) + part.overrides + (runMode == .stream ? [.unpackaged] : [])
        )
        let loaded = try loader.load()
        try refuseRecording(in: loaded.recipe)
        if live.realtime, !dryRun {
            let run = RealtimeRun(loaded, loader: loader, options: live, verbosity: verbosity, isJSON: json)
            return try await run.run()
        }
        let outline = try loaded.outline(shardCount: shard?.count ?? 1)
        if dryRun, !live.realtime { try loaded.checkSplits(outline) }
        if !quiet {
            let notes = loaded.notes + outline.notes + loaded.notesOfUnused(in: runMode) + notesOfOptions
            for note in notes { Console.note("note: " + note) }
        }
        if dryRun {
            printEstimate(outline)
        } else {
            if runMode == .stream { try part.check(loaded.recipe) }
            let plan = try loaded.plan(outline, for: .writing, ignoresMemory: ignoreSpace)
            if runMode == .stream { return try await stream(plan) }
            if let shard {
                try plan.recipe.check(shard)
                // A scheduler may repeat a job when all is done.
                if resume, try ShardMerge.isDone(folder(of: plan), plan) {
                    if json {
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

    private func signingKey() throws -> SigningKey? {
        guard let file = try sign.map({ try KeyFile($0) }) else { return nil }
        let key = try file.signingKey()
        if !quiet, let note = file.note { Console.note("note: " + note) }
        return key
    }

    private var verbosity: LiveLog.Verbosity {
        if quiet { return .quiet }
        return verbose ? .verbose : .asRecipe
    }

    private func stream(_ plan: GenerationPlan) async throws {
        let line = !quiet && progress.isShown ? ProgressLine(name: plan.recipe.name) : nil
        let begin = ContinuousClock.now
        let progress = try await StreamRun(plan, part, shard, workerCount: threads ?? Processors.count, line).run()
        if verbose {
            DatasetGeneration.report(rows: progress.rowsDone, bytes: progress.bytesWritten, since: begin)
        }
    }

    private func generate(_ plan: GenerationPlan, _ parameters: LiveParameters, _ signer: SigningKey?) async throws {
        guard monitor else { return try await generate(plan, signer) { _ in } }
        let folder = folder(of: plan)
        let earlier = resume ? (try? InterruptedRun(ofDataset: folder, shard))?.readings ?? 0 : 0
        let run = BatchMonitoredRun(plan, behind: earlier)
        let log = LiveLog(parameters.logging, verbosity: verbosity)
        let service = MonitoringService(run, logger: log.logger)
        var monitoring = parameters.monitoring
        monitoring.isEnabled = true
        service.apply(monitoring)
        try await service.serve { try await generate(plan, signer) { run.update($0) } }
    }

    private func generate(
        _ plan: GenerationPlan,
        _ signer: SigningKey?,
        onProgress: @escaping @Sendable (GenerationProgress) -> Void
    ) async throws {
        let generation = DatasetGeneration(
            folder: folder(of: plan),
            shard: shard,
            options: DatasetWriter.Options(
                workerCount: threads ?? Processors.count,
                replacesExisting: overwrite,
                resumes: resume,
                ignoresSpace: ignoreSpace,
                signer: signer
            ),
            showsProgress: !quiet && progress.isShown,
            isVerbose: verbose,
            isJSON: json
        )
        try await generation.run(plan, onProgress: onProgress)
    }

    private func folder(of plan: GenerationPlan) -> String { output ?? "datasets/" + plan.recipe.name }

    private func printEstimate(_ outline: PlanOutline) {
        let estimate = DatasetEstimate(outline)
        if json {
            Console.json(estimate.json)
            return
        }
        Console.raw(RecipeWriter.text(of: outline.recipe))
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

extension ProgressLine.Visibility: ExpressibleByArgument {}
