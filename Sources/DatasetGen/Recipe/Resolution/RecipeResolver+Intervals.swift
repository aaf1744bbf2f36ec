extension RecipeResolver {
    /// The most intervals of a fleet: what is prepared for each takes memory.
    private static let mostIntervals = 64

    /// What `simulation` states.
    private var statedInterval: Stated<TickInterval>? {
        section.simulation?.value.interval ?? section.simulation?.value.rate
    }

    /// The interval of groups that state none.
    private var commonInterval: TickInterval { statedInterval?.value ?? .oneSecond }

    /// The shortest interval of the fleet, of which the others are multiples.
    var shortestInterval: TickInterval {
        let intervals = section.fleet?.value.map { $0.value.interval?.value ?? commonInterval }
        return intervals?.min() ?? commonInterval
    }

    /// Instants of the grid, which has the shortest interval, from one reading of a group's sensors to its next.
    mutating func step(of group: GroupSection, on grid: TickGrid) -> Int64 {
        if recorded != nil { return 1 }
        let interval = group.interval?.value ?? commonInterval
        if let step = interval.multiple(of: grid.interval) { return step }
        guard decoder.isSound("simulation"), decoder.isSound("fleet") else { return 1 }
        let nearest = interval.multiples(around: grid.interval).map(\.text).joined(separator: " or ")
        let problem =
            "\(interval.text) is no whole multiple of \(grid.interval.text), the shortest interval of the fleet; "
            + "\(nearest) would do\(grid.interval == commonInterval ? intervalRemark : "")"
        if let own = group.interval ?? statedInterval {
            decoder.report(problem, about: own)
        } else if let shortest = section.fleet?.value.compactMap(\.value.interval).min(by: { $0.value < $1.value }) {
            decoder.report("the groups without an interval have \(interval.text): \(problem)", about: shortest)
        }
        return 1
    }

    /// Reports what the interval of a group makes impossible, and intervals that do not count.
    mutating func checkIntervals(of recipe: Recipe) {
        guard let fleet = section.fleet else { return }
        let count = Set(recipe.groups.map(\.step)).count
        if count > Self.mostIntervals {
            decoder.report(
                "the groups have \(count) intervals; at most \(Self.mostIntervals) are possible",
                about: fleet
            )
        }
        for (group, stated) in zip(recipe.groups, fleet.value) {
            guard let own = stated.value.interval else { continue }
            if let common = statedInterval, common.strength > own.strength {
                notes.append("\(own.keyPath) is the group's own: \(common.cause) does not count there")
            }
            if group.step > 1 { check(own, of: group, in: recipe) }
        }
        let isResolved = section.dataset?.value.isResolved?.value == true
        if let common = statedInterval, common.strength == 0, !isResolved,
            fleet.value.allSatisfy({ $0.value.interval != nil })
        {
            notes.append("\(common.keyPath) does not count: every group of the fleet has an interval of its own")
        }
    }

    /// Reports a window of rows that cuts an interval.
    mutating func checkWindow(of recipe: Recipe) {
        guard case .window(let length) = recipe.order, let order = section.dataset?.value.order else { return }
        let interval = recipe.grid.interval
        if recipe.grid.time(ofTick: recipe.grid.ticks(in: length)).microseconds
            == recipe.grid.start.microseconds + length
        {
            return
        }
        decoder.report(
            "a window of \(DurationText.text(ofMicroseconds: length)) is no whole multiple of \(interval.text), "
                + "the shortest interval of the fleet\(intervalRemark)",
            about: order
        )
    }

    private mutating func check(_ interval: Stated<TickInterval>, of group: FleetGroup, in recipe: Recipe) {
        let seconds = interval.value.seconds
        // What a group states of its anomalies is checked by its interval there.
        let types = group.anomalies == nil ? recipe.anomalies.types.map { ("anomalies.types", $0) } : []
        let incidents = recipe.incidents.enumerated().map { ("incidents.\($0).effect", $1.effect) }
        for (section, type) in types + incidents {
            guard let frequency = type.frequency, frequency * 2 * seconds > 1 else { continue }
            decoder.report(
                "a reading every \(interval.value.text) shows at most \((0.5 / seconds).plainText) Hz; "
                    + "\(section).\(type.type.name).frequency is \(frequency.plainText) Hz",
                about: interval
            )
        }
        for (index, metric) in (recipe.metrics ?? []).enumerated() {
            guard case .state(let state) = metric.model, Double(state.dwell) < seconds * 1e6,
                group.metrics?.contains(column: index) ?? true
            else { continue }
            decoder.report(
                "\(interval.value.text) is longer than a stay of \(metric.description.name) (dwell: "
                    + "\(DurationText.text(ofMicroseconds: state.dwell)))",
                about: interval
            )
        }
    }
}
