import DatasetGen

/// A stretch of a live run that follows one recipe: a version with what is made of it.
struct LiveSegment: Sendable {
    let version: AppliedVersion
    let plan: GenerationPlan
    let texts: SensorTexts

    /// What the numbers of the plan's readings lack to their `id`.
    var shift: Int64 { version.firstReading - 1 - version.firstTick * plan.rows.sensorCount }

    /// The `id` of the reading at a position.
    func reading(at position: Int64) -> Int64 { position + 1 + shift }

    /// The simulated instant of the reading at a position.
    func time(at position: Int64) -> SimulatedTime {
        plan.recipe.grid.time(ofTick: position / plan.rows.sensorCount)
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
        texts = SensorTexts(plan.fleet.sensors)
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
        texts = SensorTexts(plan.fleet.sensors)
    }

    /// The plan of a recipe.
    static func plan(_ recipe: Recipe) throws(LiveError) -> GenerationPlan {
        do throws(PlanError) {
            return try PlanOutline(recipe).plan(for: .live)
        } catch { throw .plan(error) }
    }
}
