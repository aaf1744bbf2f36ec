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
        guard let (kind, limits, states) = parameters(model, resolution, statement) else { return nil }
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
            let message = MetricSchemaError.limitsTooWide(name, limits, resolution).description
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
