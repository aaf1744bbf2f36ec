import ArgumentParser
import DatasetGen

/// The options that say which recipe and what to change in it; `recipe` and `recipes check` share them.
struct RecipeOptions: ParsableArguments {
    @Argument(help: "Recipe: a path, the name of a bundled recipe, or - for standard input.")
    var file: String?

    @Option(help: ArgumentHelp("The reference's form of FILE.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Identity JSON of the sensor; beats the recipe's.", valueName: "file"))
    var identity: String?

    @Option(parsing: .unconditional, help: "64-bit seed.")
    var seed: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("First simulated instant, ISO 8601.", valueName: "time"))
    var start: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Length of the simulated interval, such as 90s, 15m, 12h, 7d, 1d12h.", valueName: "length")
    )
    var duration: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("End of the simulated interval (exclusive), ISO 8601.", valueName: "time")
    )
    var end: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Number of sensors.", valueName: "n"))
    var sensors: String?

    @Option(help: ArgumentHelp("Formats to write: \(OutputFormat.names), separated by commas.", valueName: "list"))
    var format: String?

    @Option(help: ArgumentHelp("Sets any recipe key; repeatable.", valueName: "key.path=value"))
    var set: [String] = []

    func validate() throws {
        if file != nil, config != nil { throw ValidationError("FILE and --config name two recipes; give one") }
        for setting in set where !setting.contains("=") {
            throw ValidationError("--set \(setting): write key.path=value")
        }
        try checkEachKeyIsSetOnce()
    }

    /// Of two options for one key only one would count, and one for a section undoes what those before it set inside.
    private func checkEachKeyIsSetOnce() throws {
        var earlier: [(path: [String], name: String)] = []
        for override in overrides {
            guard let path = override.keyPath, let name = override.optionName else { continue }
            let isInOrder = override.turn == .inOrder
            for other in earlier where isInOrder ? other.path.starts(with: path) : other.path == path {
                let key = path.joined(separator: ".")
                throw ValidationError(
                    other.path == path
                        ? "\(other.name) and \(name) both set \(key); give one"
                        : "\(name) would undo \(other.name) before it; give it first"
                )
            }
            if override.turn != .last { earlier.append((path, name)) }
        }
    }
}
