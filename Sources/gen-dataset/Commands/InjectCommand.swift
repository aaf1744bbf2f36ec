import ArgumentParser
import DatasetFiles
import DatasetGen

/// `gen-dataset inject DATA RECIPE`: labelled anomalies in readings that somebody has.
struct InjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject",
        abstract: "Put labelled anomalies into readings of your own; all other readings stay as they are.",
        discussion: """
            DATA is a CSV file with a header, plain, .gz or .zst, a Parquet file or a SQLite database: a column of times, \
            numbers, and a column that tells sensors apart where there are several. The recipe says how sensors fail and what is written. The dataset has a copy of \
            DATA, which is its healthy twin. docs/own-data.md says more.

              gen-dataset inject plant.csv recipe.yaml -o datasets/plant --time ts --sensor pump --value temperature=T1
            """
    )

    @Argument(help: "File of readings: CSV, also compressed, Parquet or SQLite.", completion: .recording)
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

    @OptionGroup var settings: RecipeSettings

    @Option(
        help: ArgumentHelp("Formats to write: \(OutputFormat.names), separated by commas.", valueName: "list"),
        completion: .formats
    )
    var format: String?

    @OptionGroup var writing: WritingOptions

    func validate() throws {
        if output == "-" { throw ValidationError("--output -: a dataset of one's own readings is written to a folder") }
        try overrides.checkEachKeyIsSetOnce()
    }

    /// What the options set in the recipe.
    private var overrides: [RecipeOverride] {
        var overrides = settings.overrides
        overrides.append(.recording(option: "DATA", key: "recording.file", value: data))
        if let time = columns.time {
            overrides.append(.recording(option: "--time", key: "recording.time", value: time))
        }
        if let sensor = columns.sensor {
            overrides.append(.recording(option: "--sensor", key: "recording.sensor", value: sensor))
        }
        if let table = columns.table {
            overrides.append(.recording(option: "--table", key: "recording.table", value: table))
        }
        for metric in columns.metrics {
            let key = "metrics.\(metric.name).column"
            overrides.append(.recording(option: "--value \(metric.name)", key: key, value: metric.column))
        }
        if let format { overrides.append(.formats(format)) }
        return overrides
    }

    func run() async throws {
        let signer = try writing.signingKey()
        let loaded = try RecipeLoader(of: recipe, overrides).load()
        let outline = try loaded.outline()
        writing.tell(loaded.notes + outline.notes + loaded.notesOfUnused(in: .batch))
        let plan = try loaded.plan(outline, for: .writing, ignoresMemory: writing.ignoreSpace)
        try await writing.generation(in: output ?? "datasets/" + plan.recipe.name, signer: signer).run(plan)
    }
}
