extension AnomalyTypeParameters {
    /// A type's parameters where a recipe states nothing.
    static func `default`(for type: AnomalyType) -> AnomalyTypeParameters {
        let (weight, seconds): (Double, Int64?) =
            switch type {
            case .spike: (0.4, nil)
            case .trend: (0.2, 300)
            case .pattern: (0.1, 600)
            case .missingData: (0.1, 30)
            case .noise: (0.2, 180)
            }
        return AnomalyTypeParameters(
            type: type,
            weight: weight,
            duration: seconds.map { $0 * SimulatedTime.microsecondsPerSecond }.map { $0...$0 },
            maximumDuration: nil,
            difficulty: .standard,
            magnitude: nil,
            metrics: type == .pattern ? [.temperature, .humidity] : MetricSchema.standard.all,
            shapes: AnomalyShape.defaults(for: type),
            severityFactor: 1,
            rateChange: nil,
            frequency: nil,
            noiseMultiplier: nil,
            missingModes: [.blank]
        )
    }
}

extension RecipeResolver {
    /// How sensors fail.
    mutating func anomalies(of schema: MetricSchema, on grid: TickGrid) -> AnomalyParameters {
        anomalies(statedBy: section.anomalies?.value, of: schema, on: grid)
    }

    /// How sensors fail by what is stated.
    mutating func anomalies(
        statedBy stated: AnomaliesSection?,
        of schema: MetricSchema,
        on grid: TickGrid
    ) -> AnomalyParameters {
        let isEnabled = stated?.isEnabled?.value ?? true
        let types = anomalyTypes(statedBy: stated, of: schema, on: grid)
        if isEnabled, types.isEmpty, let statement = stated?.types, decoder.isSound(statement.keyPath) {
            decoder.report(
                "no type is enabled; enable one, or set anomalies.enabled to false",
                about: statement
            )
        }
        return AnomalyParameters(
            isEnabled: isEnabled,
            probability: stated?.probability?.value ?? 0.05,
            phases: phases(stated?.phases?.value ?? []),
            types: types
        )
    }

    private mutating func phases(_ stated: [Stated<PhaseSection>]) -> [AnomalyPhase] {
        var phases: [AnomalyPhase] = []
        for phase in stated {
            guard let offset = phase.value.offset, let probability = phase.value.probability else { continue }
            if let last = phases.last, offset.value <= last.offset {
                decoder.report("the offsets of phases must rise", about: offset)
            }
            phases.append(AnomalyPhase(offset: offset.value, probability: probability.value))
        }
        return phases
    }

    private mutating func anomalyTypes(
        statedBy section: AnomaliesSection?,
        of schema: MetricSchema,
        on grid: TickGrid
    ) -> [AnomalyTypeParameters] {
        let difficulty = section?.difficulty?.value
        guard let types = section?.types else {
            let possible = schema.possibleAnomalies
            if possible.count < AnomalyType.allCases.count {
                let note = "no metric is a measured number, so that data go missing, but no other anomaly occurs"
                if !notes.contains(note) { notes.append(note) }
            }
            let nothing = AnomalyTypeSection()
            return possible.map { parameters(of: $0, statedAs: nothing, difficulty, of: schema, on: grid) }
        }
        return AnomalyType.allCases.compactMap { type in
            guard let stated = types.value[type], stated.value.isEnabled?.value ?? true else { return nil }
            if type != .missingData, stated.value.metrics == nil, schema.candidates(for: type).isEmpty {
                decoder.report("none of the recipe's metrics is a measured number, which could have one", about: stated)
            }
            return parameters(of: type, statedAs: stated.value, difficulty, of: schema, on: grid)
        }
    }

    /// What is stated of a type, with its defaults.
    mutating func parameters(
        of type: AnomalyType,
        statedAs stated: AnomalyTypeSection,
        _ difficulty: DifficultyMix?,
        of schema: MetricSchema,
        on grid: TickGrid
    ) -> AnomalyTypeParameters {
        var parameters = AnomalyTypeParameters.default(for: type)
        parameters.weight = stated.weight?.value ?? parameters.weight
        parameters.duration = stated.duration?.value ?? stated.durationSeconds?.value ?? parameters.duration
        parameters.maximumDuration = stated.maximumDuration?.value
        parameters.difficulty =
            stated.difficulty?.value ?? difficulty ?? parameters.difficulty
        parameters.magnitude = stated.magnitude?.value
        parameters.metrics = affected(stated.metrics, of: schema) ?? schema.candidates(for: type)
        parameters.shapes = AnomalyShape.allCases.filter { (stated.shapes?.value ?? parameters.shapes).contains($0) }
        parameters.severityFactor = stated.severityFactor?.value ?? parameters.severityFactor
        parameters.rateChange = stated.rateChange?.value
        parameters.frequency = stated.frequency?.value
        parameters.noiseMultiplier = stated.noiseMultiplier?.value
        parameters.missingModes = stated.modes?.value ?? stated.rows.map { [$0.value] } ?? parameters.missingModes
        // A size that is stated outright leaves no difficulty to choose, and a missing value has none.
        if type == .missingData || parameters.magnitude != nil || parameters.rateChange != nil
            || parameters.noiseMultiplier != nil
        {
            parameters.difficulty = .standard
        }
        if let frequency = stated.frequency, frequency.value * 2 * grid.interval.seconds > 1 {
            let highest = (0.5 / grid.interval.seconds).plainText
            decoder.report(
                "\(frequency.value.plainText) Hz is more than half the readings per second; at most \(highest) Hz can "
                    + "be seen\(intervalRemark)",
                about: frequency
            )
        }
        if let longest = stated.maximumDuration, let duration = parameters.duration,
            longest.value < duration.upperBound
        {
            // A group's own length may be beyond what the recipe says for all.
            let length = stated.duration ?? stated.durationSeconds
            if let length, length.isOfGroup, !longest.isOfGroup {
                decoder.report("the duration is more than \(longest.keyPath)", about: length)
            } else {
                decoder.report("max_duration is less than the duration", about: longest)
            }
        }
        checkModes(of: stated, schema)
        if let modes = stated.modes, Set(modes.value).count < modes.value.count {
            decoder.report("a mode is listed twice", about: modes)
        }
        return parameters
    }
}
