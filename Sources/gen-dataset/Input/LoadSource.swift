import ArgumentParser
import DatasetFiles
import DatasetFormats
import DatasetGen

/// The options that change the recipe of a load.
struct LoadedRecipeOptions: ParsableArguments {
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

    @Option(help: ArgumentHelp("Sets any recipe key; repeatable.", valueName: "key.path=value"))
    var set: [String] = []

    /// The same as options of a recipe.
    func options(of file: String) throws -> RecipeOptions {
        var words = set.flatMap { ["--set", $0] }
        for (name, value) in [
            ("identity", identity), ("seed", seed), ("start", start), ("duration", duration), ("end", end),
            ("sensors", sensors),
        ] {
            if let value { words += ["--" + name, value] }
        }
        return try RecipeOptions.parse(words + ["--", file])
    }

    /// Whether any is given.
    var isEmpty: Bool {
        self.set.isEmpty && [identity, seed, start, duration, end, sensors].allSatisfy { $0 == nil }
    }
}

/// What a load is of: a recipe, or a dataset.
struct LoadSource {
    let plan: GenerationPlan
    let name: String
    /// What the dataset's manifest says of its content; nil for a recipe.
    let contentSHA256: String?
    let notes: [String]

    private static let deliveryRefusal =
        "a load stores each reading once, as it was taken; leave the section out, or load the files of a dataset"

    init(_ source: String, _ changes: LoadedRecipeOptions) throws {
        name = source
        if InputFile.exists(source + "/manifest.json") {
            guard changes.isEmpty else {
                throw Failure(
                    "\(source) is a dataset: options that change a recipe do not go with it",
                    status: .wrongUsage
                )
            }
            let dataset = try StoredDataset(folder: source)
            plan = try dataset.plan()
            if plan.recipe.delivery != nil {
                throw Failure("\(source)/recipe.yaml: delivery: \(Self.deliveryRefusal)", status: .invalidRecipe)
            }
            contentSHA256 = dataset.manifest["content_sha256"]?.stringValue
            notes = []
            let known = dataset.manifest["recipe_sha256"]?.stringValue
            guard known == SHA256Text(of: Array(plan.recipeText.utf8)).text else {
                throw Failure(
                    "\(source): recipe.yaml is not the recipe that manifest.json names (recipe_sha256); verify says more",
                    status: .failsVerification
                )
            }
        } else {
            let loaded = try changes.options(of: source).loader().load()
            if loaded.recipe.delivery != nil {
                throw RecipeErrors([loaded.diagnostic(about: "delivery", Self.deliveryRefusal)])
            }
            let outline = try loaded.outline()
            plan = try loaded.plan(outline)
            contentSHA256 = nil
            notes = loaded.notes + outline.notes
        }
    }
}
