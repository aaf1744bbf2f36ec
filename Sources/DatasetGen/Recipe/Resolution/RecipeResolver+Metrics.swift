extension RecipeResolver {
    /// What the recipe's section `metrics` declares; nil without one.
    mutating func metrics(on grid: TickGrid) -> [MetricDeclaration]? {
        guard let section = section.metrics else {
            return recorded?.metrics.compactMap { replay($0, Stated(MetricDeclarationSection(), keyPath: "recording")) }
        }
        var metrics: [MetricDeclaration] = []
        for metric in section.value.metrics {
            if let declaration = declaration(of: metric.name, metric.declaration) { metrics.append(declaration) }
        }
        guard decoder.isSound("metrics") else { return metrics }
        do throws(MetricModelError) {
            _ = try DeclaredModels(metrics, on: grid)
        } catch {
            decoder.report(error.description, at: origin(of: error.keyPath), path: error.keyPath)
        }
        return metrics
    }

    /// What is measured: the declared metrics, or the standard ones.
    mutating func schema(of metrics: [MetricDeclaration]?) -> MetricSchema {
        guard let metrics else { return .standard }
        do throws(MetricSchemaError) {
            return try MetricSchema(metrics.map(\.description))
        } catch {
            decoder.report(error.description, at: section.metrics?.origin, path: "metrics")
            return .standard
        }
    }

    /// Tells of a climate that shapes nothing.
    mutating func noteUnusedClimate(of schema: MetricSchema) {
        guard section.dataset?.value.isResolved?.value != true, section.climate != nil,
            !schema.metrics.contains(where: { $0.model == .climate })
        else { return }
        notes.append("climate concerns temperature, humidity and pressure, and none of them is measured")
    }

    /// Reports what is said of standard metrics that are not measured.
    mutating func refuseNormalParameters(beyond schema: MetricSchema) {
        guard section.metrics != nil, decoder.isSound("metrics") else { return }
        for metric in StandardMetric.allCases where !schema.metrics.contains(where: { $0.standard == metric }) {
            guard let statement = section.normal?.value[metric] else { continue }
            let advice =
                schema[metric.name] == nil
                ? "\(metric.name) is not among the recipe's metrics; add \(metric.name): {} to metrics, or leave this out"
                : "metrics.\(metric.name) has numbers of its own; give them there"
            decoder.report(advice, about: statement)
        }
    }

    /// Where a key is stated, or else the nearest section around it.
    func origin(of keyPath: String) -> RecipeOrigin {
        var path = keyPath[...]
        while !path.isEmpty {
            if let origin = decoder.origins[String(path)] { return origin }
            path = path.lastIndex(of: ".").map { path[..<$0] } ?? ""
        }
        return start
    }

    private mutating func declaration(
        of name: String,
        _ statement: Stated<MetricDeclarationSection>
    ) -> MetricDeclaration? {
        let stated = statement.value
        if section.recording != nil, isReplay(stated) {
            guard refuseStrangers(of: .replay, name: name, in: statement) else { return nil }
            return recorded?.metrics.first { $0.name == name }.flatMap { replay($0, statement) }
        }
        let standard = StandardMetric.allCases.first { $0.name == name }
        let usual: MetricDescription.Model =
            standard.map { $0 == .voltage ? .supply : .climate } ?? .process
        // A standard name with numbers of its own is a metric of its own.
        let model = stated.model?.value ?? (stated.formula != nil ? .derived : stated.mean != nil ? .process : usual)
        guard refuseStrangers(of: model, name: name, in: statement) else { return nil }
        if model == .replay || (section.recording != nil && model != .derived) {
            decoder.report(
                model == .replay
                    ? "a replay needs a section recording, which says where the readings are"
                    : "beside a recording a metric has the model replay or derived, not \(model.rawValue)",
                at: stated.model?.origin ?? statement.origin,
                path: statement.keyPath
            )
            return nil
        }
        if model == .climate || model == .supply {
            return standardDeclaration(of: name, standard, model: model, usual: usual, statement)
        }
        let resolution = stated.resolution?.value ?? stated.usualResolution(of: model)
        guard let (kind, limits, states) = parameters(model, name: name, resolution, statement) else { return nil }
        // The state of a machine is a state like others in all tables.
        let isState = !states.isEmpty
        let description = MetricDescription(
            name: name,
            unit: stated.unit?.value ?? "",
            summary: stated.summary?.value ?? "",
            resolution: isState ? Resolution(parsing: "1")! : resolution,
            limits: limits,
            model: isState ? .state : model,
            states: states
        )
        guard resolution.holds(limits) else {
            let message = MetricSchemaError.limitsTooWide(name, resolution).description
            decoder.report(message, at: (stated.limits?.origin ?? statement.origin), path: statement.keyPath)
            return nil
        }
        return MetricDeclaration(description: description, model: kind)
    }

    private mutating func standardDeclaration(
        of name: String,
        _ standard: StandardMetric?,
        model: MetricDescription.Model,
        usual: MetricDescription.Model,
        _ statement: Stated<MetricDeclarationSection>
    ) -> MetricDeclaration? {
        guard let standard, model == usual else {
            let names = StandardMetric.allCases.filter { ($0 == .voltage) == (model == .supply) }.map(\.name)
            decoder.report(
                "the model \(model.rawValue) is that of \(names.joined(separator: ", ")); expected process, counter, "
                    + "state, life or derived",
                at: statement.value.model?.origin ?? statement.origin,
                path: statement.keyPath.appendingKey("model")
            )
            return nil
        }
        return MetricDeclaration(
            description: MetricSchema.standard.metrics[standard.rawValue],
            model: .standard
        )
    }

    /// Reports keys that mean nothing to a model.
    private mutating func refuseStrangers(
        of model: MetricDescription.Model,
        name: String,
        in statement: Stated<MetricDeclarationSection>
    ) -> Bool {
        let known = model.keys
        var isClean = true
        for field in MetricDeclarationSection.definition.fields {
            let key = field.outline.name
            guard !known.contains(key), field.encode(statement.value) != nil else { continue }
            let path = statement.keyPath.appendingKey(key)
            let advice =
                model == .climate || model == .supply
                ? "; say it in normal_parameters.\(name), or give model: process"
                : "; it has "
                    + known.joined(separator: ", ")
            decoder.report(
                "a metric of the model \(model.rawValue) has no \(key)\(advice)",
                at: origin(of: path),
                path: path
            )
            isClean = false
        }
        return isClean
    }

    private typealias Parameters = (MetricDeclaration.Model, limits: ClosedRange<Double>, states: [String])

    private mutating func parameters(
        _ model: MetricDescription.Model,
        name: String,
        _ resolution: Resolution,
        _ statement: Stated<MetricDeclarationSection>
    ) -> Parameters? {
        let stated = statement.value
        let scope = stated.scope?.value ?? .sensor
        let wander = stated.wander?.value ?? MetricWanderSection()
        checkWander(wander, of: model)
        switch model {
        case .climate, .supply, .replay: return nil
        case .process:
            guard let parameters = process(name, statement, scope: scope, wander: wander.noise) else { return nil }
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
        case .counter:
            checkShapes(stated.rate?.value.cycles)
            guard let rate = required(stated.rate, "rate", of: model, statement), let mean = rate.mean?.value
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
        case .state:
            guard let shares = required(stated.states, "states", of: model, statement) else { return nil }
            let dwell = stated.dwell?.value ?? 3_600_000_000
            let state = MetricDeclaration.StateParameters(shares: shares, dwell: dwell, scope: scope)
            return (.state(state), 0...Double(shares.count - 1), shares.map(\.name))
        case .derived:
            guard let formula = required(stated.formula, "formula", of: model, statement) else { return nil }
            let most = resolution.largest.double
            return (.derived(formula, noise: stated.noise?.value ?? 0), stated.limits?.value ?? -most...most, [])
        case .life: return life(statement, resolution)
        }
    }

    /// What a metric tells of a machine's lives.
    private mutating func life(
        _ statement: Stated<MetricDeclarationSection>,
        _ resolution: Resolution
    ) -> Parameters? {
        let stated = statement.value
        let value = stated.value?.value ?? .remaining
        if let fault = stated.faultAt, value != .state {
            decoder.report("means nothing of \(value.rawValue); it is for value: state", about: fault)
        }
        if let scope = stated.scope, let other = stated.lifeOf {
            decoder.report("the machine is that of \(other.value), which says who shares it", about: scope)
        }
        if let other = stated.lifeOf, stated.life != nil {
            decoder.report("cannot be given together with life", about: other)
        }
        var parameters = MetricDeclaration.LifeParameters(
            life: nil,
            other: stated.lifeOf?.value,
            scope: stated.scope?.value ?? .sensor,
            value: value,
            faultAt: stated.faultAt?.value
        )
        if let life = stated.life?.value {
            guard let mean = life.mean else { return nil }
            let repair = life.repair ?? Stated(0...0)
            if mean.value > Self.longestLife {
                let most = DurationText.text(ofMicroseconds: Self.longestLife)
                decoder.report("longer than \(most), the most that is possible", about: mean)
            }
            if repair.value.upperBound > mean.value {
                decoder.report("longer than a life", about: repair)
            }
            parameters.life = .init(mean: mean.value, shape: life.shape?.value ?? 2, repair: repair.value)
        }
        let states = ["maintenance", "running"] + (parameters.faultAt == nil ? [] : ["fault"])
        return switch value {
        case .remaining, .age, .failures: (.life(parameters), 0...resolution.largest.double, [])
        case .wear: (.life(parameters), 0...1, [])
        case .state: (.life(parameters), 0...Double(states.count - 1), states)
        }
    }

    /// Microseconds of the longest mean life.
    private static let longestLife = 36_600 * SimulatedTime.microsecondsPerDay

    private mutating func required<Value>(
        _ value: Stated<Value>?,
        _ key: String,
        of model: MetricDescription.Model,
        _ statement: Stated<MetricDeclarationSection>
    ) -> Value? {
        if let value { return value.value }
        if decoder.isSound(statement.keyPath) {
            decoder.report("a metric of the model \(model.rawValue) needs \(key)", about: statement)
        }
        return nil
    }

    /// Reports shapes of cycles that say nothing, and what is said beside them.
    private mutating func checkShapes(_ cycles: Stated<[Stated<MetricCycleSection>]>?) {
        for cycle in cycles?.value ?? [] {
            guard let shape = cycle.value.shape else { continue }
            if CycleShape(shape.value) == nil {
                decoder.report("the numbers are all alike; a shape rises and falls", about: shape)
            }
            let advice = "cannot be given together with shape, which says all of a period"
            if let peak = cycle.value.peak { decoder.report(advice, about: peak) }
            if let days = cycle.value.days { decoder.report(advice, about: days) }
        }
    }

    /// Reports what a wander says twice, and what a model has not.
    private mutating func checkWander(_ wander: MetricWanderSection, of model: MetricDescription.Model) {
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

    private mutating func process(
        _ name: String,
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
}

extension MetricDeclarationSection {
    /// The step of readings where none is stated.
    fileprivate func usualResolution(of model: MetricDescription.Model) -> Resolution {
        guard model == .life else { return .hundredth }
        return switch value?.value ?? .remaining {
        case .failures: Resolution(step: 1, decimals: 0)
        case .wear: Resolution(step: 1, decimals: 3)
        case .remaining, .age, .state: .hundredth
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

extension MetricDescription.Model {
    /// The keys that a recipe may state of such a metric.
    fileprivate var keys: [String] {
        let text = ["model", "unit", "description"]
        return switch self {
        case .climate, .supply: ["model"]
        case .process:
            text + [
                "resolution", "mean", "std_dev", "min", "max", "limits", "noise", "levels", "distribution", "cycles",
                "wander", "follows", "shared", "changes",
            ]
        case .counter: text + ["resolution", "rate", "resets_at", "wander", "shared"]
        case .state: text + ["states", "dwell", "shared"]
        case .derived: text + ["resolution", "limits", "formula", "noise"]
        case .life: text + ["resolution", "life", "of", "value", "fault_at", "shared"]
        case .replay: text + ["resolution", "limits", "column", "noise"]
        }
    }
}
