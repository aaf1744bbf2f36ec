import DatasetFiles
import DatasetFormats
import DatasetGen

/// What a load is of: a recipe, or a dataset.
struct LoadSource {
    let plan: GenerationPlan
    let name: String
    /// What the dataset's manifest says of its content; nil for a recipe.
    let contentSHA256: String?
    let notes: [String]

    init(_ source: String, _ overrides: [RecipeOverride]) throws {
        name = source
        if InputFile.exists(source + "/manifest.json") {
            guard overrides.isEmpty else {
                throw Failure(
                    "\(source) is a dataset: options that change a recipe do not go with it",
                    status: .wrongUsage
                )
            }
            let dataset = try StoredDataset(folder: source)
            plan = try dataset.plan()
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
            let loaded = try RecipeLoader(of: source, overrides).load()
            let outline = try loaded.outline()
            plan = try loaded.plan(outline, for: .loading)
            contentSHA256 = nil
            notes = loaded.notes + outline.notes
        }
    }
}
