extension RecipeResolver {
    /// The metrics of a group; nil for all that the recipe lists.
    mutating func measured(_ stated: Stated<[String]>?, of schema: MetricSchema) -> MetricSet? {
        guard let stated, decoder.isSound("metrics") else { return nil }
        var metrics = MetricSet()
        for (index, name) in stated.value.enumerated() {
            if let metric = schema[name] {
                metrics.insert(MetricSet(Metric(rawValue: metric.index)))
            } else {
                report(schema.unknown(name), item: index, of: stated)
            }
        }
        return metrics
    }

    /// Reports what is wrong with an item of a list, or with the one value in its place.
    mutating func report(_ problem: String, item index: Int, of stated: Stated<[String]>) {
        let itemPath = "\(stated.keyPath).\(index)"
        let isItem = decoder.origins[itemPath] != nil
        let place = Stated((), keyPath: isItem ? itemPath : stated.keyPath, origin: origin(of: itemPath))
        decoder.report(problem, about: place)
    }

    /// Healthy behaviour of a group of its own; nil where it states nothing.
    mutating func normal(of group: GroupSection, _ schema: MetricSchema) -> [MetricParameters]? {
        guard let normal = group.normal else { return nil }
        let measured = group.metrics?.value ?? schema.metrics.map(\.name)
        return StandardMetric.allCases.map { metric in
            guard let statement = normal.value[metric] else { return metricParameters(of: metric) }
            if !measured.contains(metric.name) || schema[metric.name]?.standard == nil, decoder.isSound("metrics") {
                decoder.report("\(metric.name) is no standard metric of the group", about: statement)
            }
            let common = section.normal?.value[metric]?.value
            var merged = statement.value
            merged.resolution = merged.resolution ?? common?.resolution
            if merged.mean == nil && merged.standardDeviation == nil {
                (merged.minimum, merged.maximum) = (
                    merged.minimum ?? common?.minimum, merged.maximum ?? common?.maximum
                )
            }
            merged.mean = merged.mean ?? common?.mean
            merged.standardDeviation = merged.standardDeviation ?? common?.standardDeviation
            return metricParameters(of: metric, statedAs: statement.map { _ in merged })
        }
    }

    /// Reports groups that have none of the metrics that a type of anomaly affects.
    mutating func refuseGroupsWithout(_ recipe: Recipe) {
        guard let fleet = section.fleet?.value else { return }
        for (group, stated) in zip(recipe.groups, fleet) {
            let anomalies = group.anomalies ?? recipe.anomalies
            guard anomalies.isEnabled, let metrics = group.metrics, let statement = stated.value.metrics,
                !metrics.isEmpty, stated.value.anomalies.map({ decoder.isSound($0.keyPath) }) ?? true
            else { continue }
            for type in anomalies.types {
                let modes: [MissingMode] = [.sentinel, .rail]
                let isPossible =
                    type.type == .missingData
                    ? !type.missingModes.contains(where: modes.contains)
                        || metrics.elements.contains { recipe.schema[$0].isOfPart }
                    : !type.candidates(among: metrics, of: recipe.schema).isEmpty
                if !isPossible {
                    decoder.report(
                        "the group has none of the metrics that a \(type.type.name) affects; add one, or leave the type out",
                        about: statement
                    )
                }
            }
        }
    }
}

extension MetricSchema {
    /// Says that a name is that of no metric, and which there are.
    func unknown(_ name: String) -> String {
        let names = metrics.map(\.name)
        return name.mismatch(expected: "one of \(names.joined(separator: ", "))", among: names)
    }
}

extension String {
    /// Says that something else was expected than this text, and which of some names may have been meant.
    func mismatch(expected: String, among names: [String]) -> String {
        let found = isPlainToSee ? excerpt : quoted
        let hint = Suggestion.nearest(to: self, among: names).map { "; did you mean \($0)?" } ?? ""
        return "expected \(expected), found \(found)\(hint)"
    }
}
