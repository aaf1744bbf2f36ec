extension RecipeResolver {
    /// How the sensors of a group fail; nil for as the recipe says.
    mutating func anomalies(
        of group: GroupSection,
        measuring metrics: MetricSet?,
        _ schema: MetricSchema,
        on grid: TickGrid
    ) -> AnomalyParameters? {
        guard let own = group.anomalies else { return nil }
        let common = section.anomalies?.value
        if let metrics { refuseMetrics(of: own.value, beyond: metrics, schema) }
        if let realised = own.value.tellsRealised {
            decoder.report("the table of events is that of all groups; say anomalies.realised", about: realised)
        }
        let parameters = anomalies(
            statedBy: own.value.merged(over: common, possible: schema.possibleAnomalies),
            of: schema,
            on: grid
        )
        if !parameters.isEnabled, own.value.isEnabled == nil {
            notes.append("anomalies.enabled is false: \(own.keyPath) does not count")
        }
        if let set = common?.probability, set.strength > own.value.probability?.strength ?? .max {
            notes.append("\(own.keyPath).probability is the group's own: \(set.cause) does not count there")
        }
        return parameters
    }

    /// Reports metrics that a group's anomalies name and the group does not measure.
    private mutating func refuseMetrics(of own: AnomaliesSection, beyond metrics: MetricSet, _ schema: MetricSchema) {
        for type in AnomalyType.allCases {
            guard let stated = own.types?.value[type]?.value.metrics else { continue }
            for (index, name) in stated.value.enumerated() {
                guard let metric = schema[name], !metrics.contains(MetricSet(Metric(rawValue: metric.index))) else {
                    continue
                }
                report("the group does not measure \(name)", item: index, of: stated)
            }
        }
    }
}

extension AnomaliesSection {
    /// A group's section, with what it does not state taken from the recipe's; `possible` are the types that there are
    /// where the recipe lists none.
    fileprivate func merged(over common: AnomaliesSection?, possible: [AnomalyType]) -> AnomaliesSection {
        var merged = self
        merged.isEnabled = isEnabled ?? common?.isEnabled
        merged.probability = probability ?? common?.probability
        merged.difficulty = difficulty ?? common?.difficulty
        // The recipe's phases change the recipe's probability, not another one.
        if probability == nil { merged.phases = phases ?? common?.phases }
        guard types != nil || common?.types != nil else { return merged }
        var all = common?.types?.value ?? AnomalyTypesSection()
        if common?.types == nil {
            for type in possible { all[type] = Stated(AnomalyTypeSection()) }
        }
        for type in AnomalyType.allCases {
            if difficulty != nil { all[type]?.value.difficulty = nil }
            guard let own = types?.value[type] else { continue }
            all[type] = own.map { $0.merged(over: all[type]?.value) }
        }
        merged.types = types.map { $0.map { _ in all } } ?? common?.types.map { $0.map { _ in all } }
        return merged
    }
}

extension AnomalyTypeSection {
    /// A group's section, with what it does not state taken from the recipe's; a type that it lists occurs unless it
    /// says otherwise.
    fileprivate func merged(over common: AnomalyTypeSection?) -> AnomalyTypeSection {
        guard let common else { return self }
        var merged = self
        merged.weight = weight ?? common.weight
        if duration == nil, durationSeconds == nil {
            (merged.duration, merged.durationSeconds) = (common.duration, common.durationSeconds)
        }
        merged.maximumDuration = maximumDuration ?? common.maximumDuration
        // One of these says how large the events are.
        if difficulty == nil, magnitude == nil, rateChange == nil, noiseMultiplier == nil {
            (merged.difficulty, merged.magnitude) = (common.difficulty, common.magnitude)
            (merged.rateChange, merged.noiseMultiplier) = (common.rateChange, common.noiseMultiplier)
        }
        merged.metrics = metrics ?? common.metrics
        merged.shapes = shapes ?? common.shapes
        merged.severityFactor = severityFactor ?? common.severityFactor
        merged.frequency = frequency ?? common.frequency
        if modes == nil, rows == nil { (merged.modes, merged.rows) = (common.modes, common.rows) }
        return merged
    }
}
