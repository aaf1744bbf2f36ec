import ArgumentParser
import DatasetFiles
import DatasetGen

/// `gen-dataset inject DATA RECIPE`: labelled anomalies in readings that somebody has.
struct InjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject",
        abstract: "Put labelled anomalies into readings of your own; all other readings stay as they are.",
        discussion: """
            DATA is a CSV file with a header, plain, .gz or .zst: a column of times, numbers, and a column that tells sensors \
            apart where there are several. The recipe says how sensors fail and what is written. The dataset has a copy of \
            DATA, which is its healthy twin. docs/own-data.md says more.

              gen-dataset inject plant.csv recipe.yaml -o datasets/plant --time ts --sensor pump --value temperature=T1
            """
    )

    @Argument(help: "File of readings: CSV, also compressed.", completion: .recording)
    var data: String

    @Argument(help: "Recipe: a path, the name of a bundled recipe, or - for standard input.", completion: .recipe)
    var recipe: String

    @OptionGroup var columns: RecordingOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Folder of the dataset; default datasets/<dataset name>.", valueName: "dir"),
        completion: .directory
    )
    var output: String?

    @Option(parsing: .unconditional, help: "64-bit seed.")
    var seed: String?

    @Option(
        help: ArgumentHelp("Formats to write: \(OutputFormat.names), separated by commas.", valueName: "list"),
        completion: .formats
    )
    var format: String?

    @Option(help: ArgumentHelp("Sets any recipe key; repeatable.", valueName: "key.path=value"))
    var set: [String] = []

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

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "No notes and no progress on standard error.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say on standard error how fast it was.")
    var verbose = false

    @Option(help: "When to show the progress line: auto (on a terminal), always or never.")
    var progress: ProgressLine.Visibility = .auto

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads \(threads): between 1 and 1024")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other") }
        if quiet, progress == .always { throw ValidationError("--quiet and --progress always contradict each other") }
        if output == "-" { throw ValidationError("--output -: a dataset of one's own readings is written to a folder") }
        for setting in set where !setting.contains("=") {
            throw ValidationError("--set \(setting): write key.path=value")
        }
        try overrides.checkEachKeyIsSetOnce()
    }

    /// What the options set in the recipe.
    private var overrides: [RecipeOverride] {
        var overrides = set.map { RecipeOverride.set($0) }
        overrides.append(.recording(option: "DATA", key: "recording.file", value: data))
        if let time = columns.time {
            overrides.append(.recording(option: "--time", key: "recording.time", value: time))
        }
        if let sensor = columns.sensor {
            overrides.append(.recording(option: "--sensor", key: "recording.sensor", value: sensor))
        }
        for metric in columns.metrics {
            let key = "metrics.\(metric.name).column"
            overrides.append(.recording(option: "--value \(metric.name)", key: key, value: metric.column))
        }
        if let seed { overrides.append(.seed(seed)) }
        if let format { overrides.append(.formats(format)) }
        return overrides
    }

    func run() async throws {
        let key = try sign.map { try KeyFile($0) }
        let signer = try key?.signingKey()
        if !quiet, let note = key?.note { Console.note("note: " + note) }
        let loaded = try RecipeLoader(of: recipe, overrides).load()
        let outline = try loaded.outline()
        if !quiet {
            for note in loaded.notes + outline.notes + loaded.notesOfUnused(in: .batch) {
                Console.note("note: " + note)
            }
        }
        let plan = try loaded.plan(outline, for: .writing, ignoresMemory: ignoreSpace)
        let generation = DatasetGeneration(
            folder: output ?? "datasets/" + plan.recipe.name,
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
        try await generation.run(plan)
    }
}
