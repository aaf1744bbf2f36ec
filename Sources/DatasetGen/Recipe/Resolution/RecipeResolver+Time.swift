extension RecipeResolver {
    /// The default start, 2025-01-01T00:00:00 UTC.
    private static let defaultStart = SimulatedTime(microseconds: 1_735_689_600_000_000)
    private static let defaultDuration: Int64 = 3_600_000_000

    /// For messages about what the interval makes impossible: who has set it, if not the recipe.
    var intervalRemark: String {
        guard let interval = section.simulation?.value.interval, interval.strength > 0 else { return "" }
        return " (\(interval.cause) sets the interval to \(interval.value.text))"
    }

    /// When readings are taken.
    mutating func grid() -> TickGrid {
        let dataset = section.dataset?.value
        let simulation = section.simulation?.value
        let start = dataset?.start?.value ?? Self.defaultStart
        var end = SimulatedTime(microseconds: start.microseconds + Self.defaultDuration)
        var cause: (keyPath: String, origin: RecipeOrigin?) = ("dataset.start", dataset?.start?.origin)
        if let stated = dataset?.end {
            end = stated.value
            cause = (stated.keyPath, stated.origin)
            if end <= start, decoder.isSound("dataset") {
                decoder.report("\(end.zonedText) is not after the start, \(start.zonedText)", about: stated)
            }
        } else if let stated = Stated.strongest(dataset?.duration, simulation?.runTime) {
            end.microseconds = start.microseconds + stated.value
            cause = (stated.keyPath, stated.origin)
        }
        let grid = TickGrid(start: start, end: max(end, start), interval: shortestInterval)
        if grid.tickCount > 0, grid.time(ofTick: grid.tickCount - 1) >= .latest, decoder.isSound("dataset") {
            decoder.report("the simulated time goes beyond the year 2199", at: cause.origin, path: cause.keyPath)
        }
        return grid
    }
}
