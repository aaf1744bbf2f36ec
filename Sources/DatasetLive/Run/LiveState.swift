import DatasetGen

/// Where a live run stands.
struct LiveState {
    /// The run's own mark.
    let run: String
    var store: LiveStore
    var segment: LiveSegment
    var versions: [AppliedVersion]
    var anchor: ClockAnchor
    /// The simulated instant at which the run went live.
    var liveStart: SimulatedTime
    var cursor: LiveCursor
    /// What the run has done since it began.
    var totals: RunTotals
    var jsonLines: JSONLinesFile?
    var jsonLinesPath: String?
    /// The plan of a recipe that was edited while no run followed it; it is applied at the first tick that is not due
    /// yet.
    var editedPlan: GenerationPlan?
    /// The `id` of the last reading that the consumer has been given, 0 before the first.
    var lastConsumed: Int64 = 0
    /// The phenomena of the version that is followed; nil before the first are looked for.
    var coming: (version: Int64, phenomena: ComingPhenomena)?

    /// The checkpoint that stands behind the readings before a position.
    func checkpoint(at position: Int64, addingJSONBytes added: Int = 0) -> Checkpoint {
        Checkpoint(
            version: segment.version.number,
            nextPosition: position,
            nextReading: segment.reading(at: position),
            nextTime: segment.time(at: position),
            anchor: anchor,
            liveStart: liveStart,
            isFinished: position >= cursor.end,
            jsonLinesPath: jsonLines == nil ? nil : jsonLinesPath,
            jsonLinesBytes: jsonLines.map { $0.length + Int64(added) }
        )
    }

    /// What the table `dataset` says of the run.
    var entries: [(key: String, value: String)] {
        let recipe = segment.plan.recipe
        return [
            ("name", recipe.name), ("description", recipe.description), ("seed", String(recipe.seed)),
            ("start", recipe.grid.start.zonedText), ("end", recipe.grid.end.zonedText),
            ("interval_seconds", recipe.grid.interval.seconds.description), ("order", recipe.order.text),
            (LiveContents.runKey, run), ("generator", "gen-dataset"), ("generator_version", Generator.version),
            ("recipe", segment.version.recipe),
        ]
    }
}
