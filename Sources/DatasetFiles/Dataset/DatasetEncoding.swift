import DatasetFormats
import DatasetGen

/// How a dataset is encoded: the parts that are written block by block, with what is prepared once for each sensor.
struct DatasetEncoding: Sendable {
    /// The outputs of the recipe, then the events, what has happened to readings on their way, and the small tables that outputs
    /// have beside them; of a shard neither events nor small tables.
    let parts: [any DatasetPart]

    /// Prepares the encoding of what a run writes of a plan, all events included where rows or tables tell their numbers.
    ///
    /// - Throws: ``GenerationCancelled``.
    init(
        _ plan: GenerationPlan,
        _ scope: RunScope,
        isCancelled: @Sendable () -> Bool
    ) throws(GenerationCancelled) {
        let outputs = plan.recipe.outputs
        let isNumbered = outputs.contains { $0.format == .sqlite }
        self.init(
            plan,
            events: EventDirectory(plan, for: outputs, isCancelled: isCancelled),
            scope,
            eventsBefore: isNumbered ? plan.eventCount(before: scope.positions.lowerBound, isCancelled: isCancelled) : 0
        )
        if isCancelled() { throw GenerationCancelled() }
    }

    /// Prepares the encoding of a sample of a plan's blocks, whose sizes alone count: all rows tell of the same event, one
    /// in the middle of a dataset that has `scale` times as many sensors.
    init(sampling plan: GenerationPlan, scale: Double = 1) {
        let middle = EventDirectory.Entry(
            first: 0,
            number: Int64(min(ExpectedEvents.count(plan) * scale / 2, 1e15)),
            difficulty: .medium
        )
        self.init(plan, events: EventDirectory(typical: middle))
    }

    private init(
        _ plan: GenerationPlan,
        events: EventDirectory?,
        _ scope: RunScope? = nil,
        eventsBefore: Int64 = 0
    ) {
        let isShard = scope?.shard != nil
        parts =
            plan.readingOutputs.map { output in
                var output = output
                output.events = events
                if let scope, isShard {
                    output.blocks = scope.blocks
                    output.eventsBefore = eventsBefore
                }
                return output.makePart(of: plan)
            }
            + (isShard ? [] : [EventsPart(plan)]) + (plan.recipe.delivery == nil ? [] : [DeliveryPart(plan)])
            + (isShard
                ? [] : plan.recipe.outputs.flatMap { ReadingOutput(parameters: $0, of: plan).makeTableParts(of: plan) })
    }

    /// The names of the parts' files.
    var fileNames: [String] { parts.flatMap { $0.fileNames } }
}
