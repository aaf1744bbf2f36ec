import DatasetFiles
import DatasetGen

/// A stretch of a live run that follows one recipe: a version with what is made of it.
struct LiveSegment: Sendable {
    let version: AppliedVersion
    let plan: GenerationPlan
    let texts: SensorTexts

    /// What the numbers of the plan's readings lack to their `id`.
    var shift: Int64 { version.firstReading - 1 - plan.rows.readingCount(before: version.firstTick) }

    /// The `id` of the reading at a position.
    func reading(at position: Int64) -> Int64 { position + 1 + shift }

    /// The first tick of a sensor that is not before the version.
    func firstTick(ofSensor sensor: Int) -> Int64 {
        let step = plan.rows.step(ofSensor: sensor)
        return (version.firstTick + step - 1) / step
    }

    /// The simulated instant of the reading at a position.
    func time(at position: Int64) -> SimulatedTime {
        plan.time(at: position)
    }

    /// A version that begins with a tick.
    init(
        _ plan: GenerationPlan,
        number: Int64,
        firstReading: Int64,
        firstTick: Int64,
        appliedAt: SimulatedTime
    ) {
        self.plan = plan
        texts = SensorTexts(plan.fleet.sensors, schema: plan.recipe.schema)
        version = AppliedVersion(
            number: number,
            firstReading: firstReading,
            firstTick: firstTick,
            firstTime: plan.recipe.grid.time(ofTick: firstTick),
            appliedAt: appliedAt,
            seed: plan.recipe.seed,
            recipe: RecipeWriter.text(of: plan.recipe)
        )
    }

    /// A version that a database holds.
    init(_ version: AppliedVersion, _ plan: GenerationPlan) {
        self.version = version
        self.plan = plan
        texts = SensorTexts(plan.fleet.sensors, schema: plan.recipe.schema)
    }

    /// A version that a database holds, with the recipe that it holds; nil if it cannot be what a run has written.
    init?(stored version: AppliedVersion) {
        guard let recipe = Self.recipe(of: version), let plan = try? GenerationPlan(recipe),
            version.firstTick <= recipe.grid.tickCount
        else { return nil }
        self.init(version, plan)
    }

    /// The recipe of a version; nil if it is none, or none of a live run.
    static func recipe(of version: AppliedVersion) -> Recipe? {
        let resolved = try? RecipeReader().read(version.recipe, source: "live_versions", defaultName: "live")
        guard let recipe = resolved?.recipe, recipe.order == .time, recipe.grid.tickCount > 0 else { return nil }
        return recipe
    }

    /// Whether a checkpoint can stand in this segment.
    func holds(_ checkpoint: Checkpoint) -> Bool {
        checkpoint.nextPosition <= plan.rows.count && checkpoint.nextReading == reading(at: checkpoint.nextPosition)
    }

    /// The plan of a recipe.
    static func plan(_ recipe: Recipe) throws(LiveError) -> GenerationPlan {
        do throws(PlanError) {
            return try PlanOutline(recipe).plan(for: .live)
        } catch { throw .plan(error) }
    }
}
