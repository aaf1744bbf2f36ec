extension RecipeResolver {
    /// What happens to healthy sensors and looks like a fault.
    mutating func phenomena(of recipe: Recipe) -> [PhenomenonParameters] {
        guard let stated = section.phenomena else { return [] }
        guard section.recording == nil else {
            decoder.report("there are none beside a recording, whose healthy readings are as they are", about: stated)
            return []
        }
        var names: Set<String> = []
        return stated.value.compactMap { item in
            if let name = item.value.name, !names.insert(name.value).inserted {
                decoder.report("\(name.value) stands twice; each phenomenon has a name of its own", about: name)
            }
            return phenomenon(item, of: recipe)
        }
    }

    /// What an item says; nil where something that it needs is missing.
    private mutating func phenomenon(_ item: Stated<PhenomenonSection>, of recipe: Recipe) -> PhenomenonParameters? {
        let section = item.value
        guard let name = section.name, let every = section.every else { return nil }
        guard let nature = nature(of: item, named: name, recipe) else { return nil }
        let usual = nature.usual
        guard let duration = section.duration?.value ?? usual.duration else {
            if decoder.isSound(item.keyPath.appendingKey("duration")) {
                decoder.report("duration is missing: how long \(name.value) lasts", about: item)
            }
            return nil
        }
        if nature.isOfCity, let share = section.share {
            decoder.report("means nothing to \(name.value), which comes to all sensors of a city", about: share)
        }
        let parameters = PhenomenonParameters(
            name: name.value,
            nature: nature,
            every: every.value,
            duration: duration,
            onset: section.onset?.value ?? usual.onset,
            recovery: section.recovery?.value ?? usual.recovery,
            share: section.share?.value ?? 1,
            only: section.only?.value ?? []
        )
        if let stated = section.duration, stated.value.lowerBound < 1_000_000 {
            decoder.report("a phenomenon lasts for a second or more", about: stated)
        }
        checkTimes(of: parameters, every, section.duration.map { ($0.origin, $0.keyPath) })
        return parameters
    }

    /// Fog and sun come at their hours, at most once a day; none comes before the one before is gone.
    private mutating func checkTimes(
        of parameters: PhenomenonParameters,
        _ every: Stated<Int64>,
        _ duration: (origin: RecipeOrigin?, keyPath: String)?
    ) {
        let longest = parameters.duration.upperBound + parameters.recovery
        let most: Int64
        if parameters.nature.isDaily {
            guard parameters.every >= SimulatedTime.microsecondsPerDay else {
                decoder.report("\(parameters.name) comes at most once a day; give 1d or more", about: every)
                return
            }
            most = SimulatedTime.microsecondsPerDay / 4 * 3
        } else {
            most = parameters.every / 2
        }
        guard longest > most else { return }
        let (asked, possible) = (
            DurationText.text(ofMicroseconds: longest), DurationText.text(ofMicroseconds: most)
        )
        decoder.report(
            "\(parameters.name) and its recovery last up to \(asked); at most \(possible) is possible"
                + (parameters.nature.isDaily ? "" : ", half of every"),
            at: duration?.origin ?? every.origin,
            path: duration?.keyPath ?? every.keyPath
        )
    }

    /// What it is, by its name and its metrics; nil where that cannot be had.
    private mutating func nature(
        of item: Stated<PhenomenonSection>,
        named name: Stated<String>,
        _ recipe: Recipe
    ) -> PhenomenonParameters.Nature? {
        guard let nature = PhenomenonParameters.Nature(name: name.value) else {
            guard let metrics = item.value.metrics else {
                if decoder.isSound(item.keyPath) {
                    decoder.report(
                        "metrics is missing: which metrics \(name.value) changes, and towards what",
                        about: item
                    )
                }
                return nil
            }
            let groups = recipe.groups(named: item.value.only?.value ?? [])
            return .other(metrics.value.compactMap { value($0, in: metrics, of: recipe, groups) })
        }
        if let metrics = item.value.metrics {
            decoder.report(
                "means nothing to \(name.value), whose effects are its own; give another name",
                about: metrics
            )
        }
        let climates = recipe.groups.filter { $0.count > 0 }.map { $0.climate ?? recipe.climate }
        let isMeasured = recipe.schema.metrics.contains { $0.model == .climate }
        if decoder.isSound("fleet"), decoder.isSound("climate"), !isMeasured || !climates.contains(where: \.isCity) {
            decoder.report(
                "\(name.value) changes temperature, humidity and pressure that follow climate: city, which no sensor has",
                about: name
            )
        }
        return nature
    }

    /// A metric and the value that it goes towards; nil where it has none.
    private mutating func value(
        _ named: PhenomenonSection.NamedValue,
        in stated: Stated<[PhenomenonSection.NamedValue]>,
        of recipe: Recipe,
        _ groups: [FleetGroup]
    ) -> PhenomenonParameters.MetricValue? {
        let path = stated.keyPath.appendingKey(named.name)
        guard decoder.isSound("metrics") else { return nil }
        func report(_ message: String) { decoder.report(message, at: origin(of: path), path: path) }
        guard let metric = recipe.schema[named.name] else {
            report(recipe.schema.unknown(named.name))
            return nil
        }
        guard [.climate, .supply, .process].contains(metric.model) else {
            report(
                "\(named.name) is \(metric.model.rawValue); a phenomenon changes metrics that are measured: process or standard"
            )
            return nil
        }
        let ranges = groups.compactMap { recipe.healthyRange(of: metric, in: $0) }
        if let beyond = ranges.first(where: { !$0.contains(named.value) }) {
            let (low, high) = (beyond.lowerBound.plainText, beyond.upperBound.plainText)
            report("beyond what a healthy \(named.name) can be here, \(low) to \(high)")
        }
        return PhenomenonParameters.MetricValue(metric: Metric(rawValue: metric.index), value: named.value)
    }
}

extension Recipe {
    /// The groups with sensors that a list names, or all of them for none.
    fileprivate func groups(named names: [String]) -> [FleetGroup] {
        groups.enumerated().filter { $1.count > 0 && (names.isEmpty || names.contains($1.scopeName(index: $0))) }
            .map(\.element)
    }

    /// Between which values the healthy readings of a metric lie in a group; nil where it is not measured, and where the recipe
    /// states bounds that exclude each other, which is reported at their place.
    fileprivate func healthyRange(of metric: MetricDescription, in group: FleetGroup) -> ClosedRange<Double>? {
        if let metrics = group.metrics, !metrics.contains(MetricSet(Metric(rawValue: metric.index))) { return nil }
        var (low, high) = (metric.limits.lowerBound, metric.limits.upperBound)
        if case .process(let process) = metrics?[metric.index].model {
            (low, high) = (process.minimum, process.maximum)
        } else if let standard = metric.standard {
            let followsCity = standard != .voltage && (group.climate ?? climate).isCity
            if followsCity {
                if standard == .humidity { (low, high) = (0, 100) }
            } else {
                let normal = (group.normal ?? normal)[standard.rawValue]
                (low, high) = (normal.minimum, normal.maximum)
            }
        }
        return low <= high ? low...high : nil
    }
}
