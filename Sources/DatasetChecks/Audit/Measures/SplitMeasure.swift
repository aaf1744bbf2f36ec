import DatasetGen

/// Whether parts of the splits share events, weather or windows: what is known from training should not be asked in the test.
struct SplitMeasure {
    private let plan: GenerationPlan
    private let splits: SplitTable
    private var events: Int64 = 0
    private var sharedEvents: Int64 = 0

    /// Nil for a recipe without splits.
    init?(_ plan: GenerationPlan) {
        guard let splits = plan.splits else { return nil }
        (self.plan, self.splits) = (plan, splits)
    }

    /// Takes note of an event.
    mutating func add(_ event: StoredEvent) {
        events += 1
        let codes = [event.ticks.lowerBound, event.ticks.upperBound - 1]
            .map { tick in
                splits.code(
                    ofSensor: event.sensor,
                    position: plan.rows.position(ofSensor: event.sensor, tick: tick),
                    isAnomalous: false
                )
            }
        // Even where one of them is no part: the rest of the event would tell of the other.
        if codes[0] != codes[1] { sharedEvents += 1 }
    }

    /// The figures.
    ///
    /// - Complexity: O(sensors · parts).
    var figures: SplitFigures {
        var parts: [Place: Set<Int>] = [:]
        var closest: (ticks: Int64, seconds: Double)?
        for sensor in plan.fleet.sensors {
            var previous: (code: Int, end: Int64)?
            splits.forEachRun(ofSensor: sensor.index, of: plan) { code, ticks in
                guard code > 0 else { return }
                if plan.recipe.splits?.isByTime == false {
                    parts[plan.fleet.place(ofSite: sensor.core.site), default: []].insert(code)
                }
                if let previous, previous.code != code {
                    let distance = ticks.lowerBound - (previous.end - 1)
                    let seconds = Double(distance) * plan.grid(ofSensor: sensor.index).interval.seconds
                    if seconds < closest?.seconds ?? .infinity { closest = (distance, seconds) }
                }
                previous = (code, ticks.upperBound)
            }
        }
        return SplitFigures(
            sharedEvents: sharedEvents,
            events: events,
            sharedCities: parts.values.count { $0.count > 1 },
            cities: plan.fleet.placeCount,
            closestSeconds: closest?.seconds,
            windowsOverlap: closest?.ticks == 1
        )
    }
}
