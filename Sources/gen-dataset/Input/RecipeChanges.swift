import ArgumentParser
import DatasetGen

/// The options that change something in a recipe, wherever it comes from.
struct RecipeChanges: ParsableArguments {
    @Option(
        help: ArgumentHelp("Identity JSON of the sensor; beats the recipe's.", valueName: "file"),
        completion: .file(extensions: ["json", "yaml", "yml"])
    )
    var identity: String?

    @OptionGroup var settings: RecipeSettings

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

    func validate() throws {
        try overrides.checkEachKeyIsSetOnce()
    }

    /// Whether none is given.
    var isEmpty: Bool { overrides.isEmpty }

    var overrides: [RecipeOverride] {
        var overrides = settings.overrides
        if let identity { overrides.append(.identity(identity)) }
        if let start { overrides.append(.start(start)) }
        if let duration { overrides.append(.duration(duration)) }
        if let end { overrides.append(.end(end)) }
        if let sensors { overrides.append(.sensors(sensors)) }
        return overrides
    }
}

extension [RecipeOverride] {
    /// Throws if two say something of one key: of two options for one key only one would count, and one for a section undoes
    /// what those before it set inside.
    func checkEachKeyIsSetOnce() throws {
        var earlier: [(path: [String], name: String)] = []
        for override in self {
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
