extension RecipeResolver {
    /// Faults that hit several sensors at one time.
    mutating func incidents(of schema: MetricSchema, on grid: TickGrid) -> [IncidentParameters] {
        guard let stated = section.incidents else { return [] }
        guard section.recording == nil else {
            decoder.report("there are none beside a recording, whose sensors fail one by one", about: stated)
            return []
        }
        var causes: Set<String> = []
        return stated.value.compactMap { item in
            guard let incident = incident(item, of: schema, on: grid) else { return nil }
            if let cause = item.value.cause, !causes.insert(cause.value).inserted {
                decoder.report("\(cause.value) stands twice; each cause has a name of its own", about: cause)
            }
            return incident
        }
    }

    /// What an item says; nil where something that it needs is missing.
    private mutating func incident(
        _ item: Stated<IncidentSection>,
        of schema: MetricSchema,
        on grid: TickGrid
    ) -> IncidentParameters? {
        let section = item.value
        let scope = section.scope?.value ?? .fleet
        if scope == .fleet, let only = section.only {
            decoder.report("means nothing in the scope fleet, which is all sensors", about: only)
        }
        let timing = timing(of: item)
        guard let effect = effect(of: section, schema, on: grid), let timing, let cause = section.cause,
            let duration = section.duration
        else { return nil }
        let spread = section.spread?.value ?? 0
        check(duration, spread, timing, on: grid)
        var incident = IncidentParameters(
            cause: cause.value,
            scope: scope,
            only: section.only?.value ?? [],
            timing: timing,
            duration: duration.value,
            spread: spread,
            share: section.share?.value ?? 1,
            effect: effect
        )
        incident.effect.duration = duration.value
        return incident
    }

    private mutating func timing(of item: Stated<IncidentSection>) -> IncidentParameters.Timing? {
        if let every = item.value.every { return .every(every.value) }
        guard let at = item.value.at else {
            if decoder.isSound(item.keyPath) {
                decoder.report("every or at is missing: when incidents come", about: item)
            }
            return nil
        }
        for (offset, next) in zip(at.value, at.value.dropFirst()) where next.value <= offset.value {
            decoder.report("the offsets must rise", about: next)
        }
        return .at(at.value.map(\.value))
    }

    /// The one type of anomaly that an incident is.
    private mutating func effect(
        of section: IncidentSection,
        _ schema: MetricSchema,
        on grid: TickGrid
    ) -> AnomalyTypeParameters? {
        guard let stated = section.effect else { return nil }
        let types = AnomalyType.allCases.filter { stated.value[$0] != nil }
        guard let type = types.first, types.count == 1, let effect = stated.value[type] else {
            if decoder.isSound(stated.keyPath) {
                let names = AnomalyType.allCases.map(\.name).joined(separator: ", ")
                decoder.report("an incident has one effect, not \(types.count); one of \(names)", about: stated)
            }
            return nil
        }
        if type != .missingData, effect.value.metrics == nil, schema.candidates(for: type).isEmpty {
            decoder.report("none of the recipe's metrics is a measured number, which could have one", about: effect)
        }
        let difficulty = self.section.anomalies?.value.difficulty?.value
        return parameters(of: type, statedAs: effect.value, difficulty, of: schema, on: grid)
    }

    private mutating func check(
        _ duration: Stated<ClosedRange<Int64>>,
        _ spread: Int64,
        _ timing: IncidentParameters.Timing,
        on grid: TickGrid
    ) {
        guard decoder.isSound("simulation") else { return }
        if Double(duration.value.lowerBound) < grid.interval.seconds * 1e6 {
            let interval = grid.interval.text
            decoder.report(
                "shorter than the time between two readings, \(interval)\(intervalRemark)",
                about: duration
            )
        }
        if case .every(let every) = timing, duration.value.upperBound + spread > every / 2 {
            let with = spread > 0 ? "with spread " : ""
            let half = DurationText.text(ofMicroseconds: every / 2)
            decoder.report("\(with)longer than half of every: at most \(half) is possible", about: duration)
        }
    }
}
