/// How a dataset is encoded: the parts that are written block by block, with what is prepared once for each sensor.
struct DatasetEncoding: Sendable {
    /// The outputs of the recipe, and then the events.
    let parts: [any DatasetPart]

    init(_ plan: GenerationPlan) {
        parts =
            plan.recipe.outputs.map { ReadingOutput(parameters: $0, of: plan.recipe).makePart(of: plan) }
            + [EventsPart(plan.recipe)]
    }

    /// The names of the parts' files.
    var fileNames: [String] { parts.flatMap { $0.fileNames } }
}
