extension RecipeResolver {
    /// What a model is made of, between which values its readings lie, and its states if it has some.
    typealias ModelParameters = (MetricDeclaration.Model, limits: ClosedRange<Double>, states: [String])

    /// The parameters of a declaration of a model; nil where something that it needs is missing, which is reported.
    mutating func parameters(
        _ model: MetricDescription.Model,
        _ resolution: Resolution,
        _ statement: Stated<MetricDeclarationSection>
    ) -> ModelParameters? {
        let stated = statement.value
        let scope = stated.scope?.value ?? .sensor
        let wander = stated.wander?.value ?? MetricWanderSection()
        checkWander(wander, of: model)
        switch model {
        case .climate, .supply, .replay: return nil
        case .process: return process(statement, scope: scope, wander: wander.noise)
        case .counter: return counter(statement, resolution, scope: scope, wander: wander)
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

    /// What a key states; reported where the model needs it and it is not there.
    mutating func required<Value>(
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
}
