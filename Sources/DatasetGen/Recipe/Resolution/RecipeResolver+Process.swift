extension RecipeResolver {
    /// A process, and the limits of what a broken sensor may report of it.
    mutating func process(
        _ statement: Stated<MetricDeclarationSection>,
        scope: MetricScope,
        wander: RedNoise
    ) -> ModelParameters? {
        let stated = statement.value
        guard let parameters = processParameters(statement, scope: scope, wander: wander) else { return nil }
        let (low, high) = (parameters.minimum, parameters.maximum)
        guard low <= high else {
            let key = stated.maximum == nil ? "min" : "max"
            let keyPath = statement.keyPath.appendingKey(key)
            let message = "min \(low.plainText) is above max \(high.plainText)"
            decoder.report(message, at: origin(of: keyPath), path: keyPath)
            return nil
        }
        let floor = low >= 0 ? max(0, low - (high - low)) : low - (high - low)
        let limits = stated.limits?.value ?? floor...high + (high - low)
        guard limits.lowerBound <= low, limits.upperBound >= high else {
            decoder.report(
                "limits \(limits.lowerBound.plainText) to \(limits.upperBound.plainText) do not hold min "
                    + "\(low.plainText) and max \(high.plainText)",
                at: stated.limits?.origin,
                path: statement.keyPath.appendingKey("limits")
            )
            return nil
        }
        return (.process(parameters), limits, [])
    }

    private mutating func processParameters(
        _ statement: Stated<MetricDeclarationSection>,
        scope: MetricScope,
        wander: RedNoise
    ) -> ProcessParameters? {
        let stated = statement.value
        checkShapes(stated.cycles)
        var (mean, deviation) = (stated.mean?.value, stated.standardDeviation?.value)
        var bounds = (low: stated.minimum?.value, high: stated.maximum?.value)
        if case .quantiles(let values)? = stated.distribution?.value, let first = values.first, let last = values.last {
            // They say all that moments and bounds would.
            mean = mean ?? (first + last) / 2
            deviation = deviation ?? (last - first) / 4
            bounds = (bounds.low ?? first, bounds.high ?? last)
        }
        guard mean != nil || required(stated.mean, "mean", of: .process, statement) != nil,
            deviation != nil || required(stated.standardDeviation, "std_dev", of: .process, statement) != nil,
            let mean, let deviation
        else { return nil }
        var parameters = ProcessParameters(
            mean: mean,
            standardDeviation: deviation,
            minimum: bounds.low ?? mean - 4 * deviation,
            maximum: bounds.high ?? mean + 4 * deviation
        )
        parameters.noise = stated.noise?.value ?? 0
        parameters.levels = stated.levels?.value ?? 0
        parameters.distribution = stated.distribution?.value ?? .normal
        parameters.cycles = stated.cycles?.value.map { $0.value.cycle } ?? []
        parameters.wander = wander
        parameters.scope = scope
        parameters.follows = stated.follows?.value.map(\.value.coupling) ?? []
        parameters.changes =
            stated.changes?.value
            .map { item in
                let item = item.value
                return .init(
                    offset: item.at?.value ?? 0,
                    duration: item.duration?.value ?? 0,
                    shift: item.mean?.value ?? 0,
                    factor: item.standardDeviation?.value ?? 1
                )
            } ?? []
        return parameters
    }

    /// A counter, whose rate is what varies.
    mutating func counter(
        _ statement: Stated<MetricDeclarationSection>,
        _ resolution: Resolution,
        scope: MetricScope,
        wander: MetricWanderSection
    ) -> ModelParameters? {
        let stated = statement.value
        checkShapes(stated.rate?.value.cycles)
        guard let rate = required(stated.rate, "rate", of: .counter, statement), let mean = rate.mean?.value
        else { return nil }
        let counter = MetricDeclaration.CounterParameters(
            rate: mean,
            cycles: rate.cycles?.value.map { $0.value.cycle } ?? [],
            follows: rate.follows?.value.map(\.value.coupling) ?? [],
            wanderPeriod: wander.period?.value ?? 10_800_000_000,
            resetsAt: stated.resetsAt?.value,
            scope: scope
        )
        return (.counter(counter), 0...(counter.resetsAt ?? resolution.largest.double), [])
    }

    /// Reports shapes of cycles that say nothing, and what is said beside them.
    private mutating func checkShapes(_ cycles: Stated<[Stated<MetricCycleSection>]>?) {
        for cycle in cycles?.value ?? [] {
            guard let shape = cycle.value.shape else { continue }
            // A number that is none is missing among them, and has been reported.
            if CycleShape(shape.value) == nil, decoder.isSound(shape.keyPath) {
                let isFlat = shape.value.allSatisfy { $0 == shape.value.first }
                decoder.report(
                    isFlat
                        ? "the numbers are all alike; a shape rises and falls"
                        : "the numbers are too large or too near to one another to compute with; only their form counts, so that "
                            + "others in the same proportion do",
                    about: shape
                )
            }
            let advice = "cannot be given together with shape, which says all of a period"
            if let peak = cycle.value.peak { decoder.report(advice, about: peak) }
            if let days = cycle.value.days { decoder.report(advice, about: days) }
        }
    }

    /// Reports what a wander says twice, and what a model has not.
    mutating func checkWander(_ wander: MetricWanderSection, of model: MetricDescription.Model) {
        if model == .counter {
            if let octaves = wander.octaves {
                decoder.report("the rate of a counter has three usual octaves; state period", about: octaves)
            }
            if let volatility = wander.volatility {
                decoder.report("the rate of a counter has none; remove it", about: volatility)
            }
        } else if let period = wander.period, wander.octaves != nil {
            decoder.report("cannot be given together with octaves, which have periods of their own", about: period)
        }
    }
}

extension MetricFollowsSection {
    /// The coupling; keys that are missing are reported already.
    fileprivate var coupling: ProcessParameters.Coupling {
        .init(metric: metric?.value ?? "", weight: weight?.value ?? 0, lag: lag?.value ?? 0)
    }
}

extension MetricCycleSection {
    /// The cycle; keys that are missing are reported already.
    fileprivate var cycle: MetricCycle {
        if let shape = shape.flatMap({ CycleShape($0.value) }) {
            return MetricCycle(period: period?.value ?? 1_000_000, share: share?.value ?? 0, shape: shape)
        }
        return MetricCycle(
            period: period?.value ?? 1_000_000,
            share: share?.value ?? 0,
            peak: peak?.value ?? 0,
            days: days.map { days in Weekday.allCases.map { days.value.contains($0) } }
        )
    }
}
