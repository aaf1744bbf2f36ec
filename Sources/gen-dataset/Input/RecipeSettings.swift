import ArgumentParser
import DatasetGen

/// The options that set keys of any recipe, also of one whose readings are there already.
struct RecipeSettings: ParsableArguments {
    @Option(parsing: .unconditional, help: "64-bit seed.")
    var seed: String?

    @Option(help: ArgumentHelp("Sets any recipe key; repeatable.", valueName: "key.path=value"))
    var set: [String] = []

    func validate() throws {
        for setting in set where !setting.contains("=") {
            throw ValidationError("--set \(setting): write key.path=value")
        }
        try overrides.checkEachKeyIsSetOnce()
    }

    var overrides: [RecipeOverride] { self.set.map { .set($0) } + (seed.map { [.seed($0)] } ?? []) }
}
