import DatasetGen

/// What a recipe asks of a live run: which parts of its time it states, and the rest.
struct LiveRequest {
    private let resolved: ResolvedRecipe

    init(_ resolved: ResolvedRecipe) {
        self.resolved = resolved
    }

    /// Settings of the live mode.
    var live: LiveParameters { resolved.recipe.live }

    /// The path of the database.
    var databasePath: String { live.database.path ?? DatabaseParameters.defaultPath }

    /// The most readings in a transaction.
    var batchSize: Int64 { Int64(live.database.batchSize ?? live.batchSize ?? 20_000) }

    /// Whether changes of the recipe's file are followed.
    var followsChanges: Bool { live.dynamicReloading.isEnabled ?? true }

    /// The time between two looks at the recipe's file.
    var checkInterval: Duration { .seconds(live.dynamicReloading.checkIntervalSeconds ?? 1) }

    /// Microseconds of simulated time that a late run catches up at most; nil for all.
    var maximumCatchUp: Int64? { live.pacing.maximumCatchUp }

    /// The URLs of brokers that get the readings as well.
    var feeds: [String] { live.pacing.feeds ?? [] }

    /// The seed, if one is stated.
    var seed: UInt64? { resolved.states("dataset.seed") ? resolved.recipe.seed : nil }

    /// The instant that it is when the run begins, if one is stated.
    var start: SimulatedTime? { resolved.states("dataset.start") ? resolved.recipe.grid.start : nil }

    /// Microseconds to wait before the first reading.
    var delay: Int64 { Int64((live.startDelaySeconds ?? 0) * 1e6) }

    /// The columns of the readings.
    var columns: [Column] { resolved.recipe.columns }

    /// How times are stored.
    var timestamps: TimestampStyle { resolved.recipe.timestamps(of: .sqlite) }

    /// How lines of JSON write times.
    var jsonTimestamps: TimestampStyle { resolved.recipe.timestamps(of: .jsonl) }

    /// The recipe of a run.
    ///
    /// - Parameters:
    ///   - seed: the run's seed.
    ///   - start: the instant of tick 0.
    ///   - liveStart: the instant from which the stated duration counts: what lies before it is backfill.
    /// - Returns: the recipe, in the order of time and without what only the live mode uses.
    /// - Throws: ``LiveError`` if its end is not after its start, or readings shall not arrive as they are taken and nobody is told.
    func recipe(seed: UInt64, start: SimulatedTime, liveStart: SimulatedTime) throws(LiveError) -> Recipe {
        guard resolved.recipe.delivery == nil || !feeds.isEmpty else { throw .delivery }
        var recipe = resolved.recipe
        recipe.seed = seed
        recipe.order = .time
        // What shapes no reading is no part of a version.
        recipe.live = LiveParameters()
        let end = end(liveStart: liveStart) ?? endlessEnd(from: start)
        guard start >= .earliest, end <= .latest else { throw .outsideCalendar(start: start, end: end) }
        guard end > start else { throw .endsBeforeStart(start: start, end: end) }
        recipe.grid = TickGrid(start: start, end: end, interval: recipe.grid.interval)
        return recipe
    }

    /// The end of the run; nil if none is stated.
    func end(liveStart: SimulatedTime) -> SimulatedTime? {
        let grid = resolved.recipe.grid
        if resolved.states("dataset.end") { return grid.end }
        guard resolved.states("dataset.duration") || resolved.states("simulation.run_time_seconds") else { return nil }
        let duration = grid.end.microseconds - grid.start.microseconds
        return SimulatedTime(microseconds: liveStart.microseconds + duration)
    }

    /// The furthest end that plans can have: the end of the calendar, or 2^53 readings.
    private func endlessEnd(from start: SimulatedTime) -> SimulatedTime {
        let recipe = resolved.recipe
        let ticks = 0x1p53 / Double(max(1, recipe.sensorCount)) - 1
        let seconds = min(ticks * recipe.grid.interval.seconds, 1e11)
        // A whole number of hours, so that it has a short text.
        let end = start.microseconds + Int64(seconds / 3_600) * 3_600_000_000
        return SimulatedTime(microseconds: min(end, SimulatedTime.latest.microseconds))
    }
}
