import DatasetFormats
import DatasetGen

/// How a dataset is encoded: the parts that are written block by block, with what is prepared once for each sensor.
struct DatasetEncoding: Sendable {
    /// The outputs of the recipe, and then the events.
    let parts: [any DatasetPart]

    /// Prepares the encoding of a plan, all events included where rows tell of them.
    init(_ plan: GenerationPlan) {
        self.init(plan, events: EventDirectory(plan, for: plan.recipe.outputs))
    }

    /// Prepares the encoding of a sample of a plan's blocks, whose sizes alone count: no row tells of its event.
    init(sampling plan: GenerationPlan) { self.init(plan, events: nil) }

    private init(_ plan: GenerationPlan, events: EventDirectory?) {
        parts =
            plan.recipe.outputs.map { parameters in
                var output = ReadingOutput(parameters: parameters, of: plan.recipe)
                output.events = events
                return output.makePart(of: plan)
            }
            + [EventsPart(plan.recipe)]
    }

    /// The names of the parts' files.
    var fileNames: [String] { parts.flatMap { $0.fileNames } }
}
