import ArgumentParser
import DatasetGen

/// The options that say which recipe and what to change in it; `recipe` and `recipes check` share them.
struct RecipeOptions: ParsableArguments {
    @Argument(help: "Recipe: a path, the name of a bundled recipe, or - for standard input.", completion: .recipe)
    var file: String?

    @Option(help: ArgumentHelp("FILE, as an option.", valueName: "file"), completion: .recipe)
    var config: String?

    @OptionGroup var changes: RecipeChanges

    @Option(
        help: ArgumentHelp("Formats to write: \(OutputFormat.names), separated by commas.", valueName: "list"),
        completion: .formats
    )
    var format: String?

    func validate() throws {
        if file != nil, config != nil { throw ValidationError("FILE and --config name two recipes; give one") }
        try overrides.checkEachKeyIsSetOnce()
    }
}
