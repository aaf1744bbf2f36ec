extension MetricSchema {
    /// The metrics that a type of anomaly may affect where a recipe names none, of those that a group measures.
    ///
    /// Those that are measured; a count and a state have no noise to hide in, and a derived metric follows its inputs.
    func candidates(for type: AnomalyType, among metrics: MetricSet? = nil) -> [Metric] {
        let known = metrics?.elements ?? all
        let measured = known.filter { [.climate, .supply, .process, .replay].contains(self[$0].model) }
        guard type == .pattern else { return measured }
        // Heat and moisture swing against each other.
        let air = measured.filter { [.temperature, .humidity].contains(self[$0].standard) }
        return air.isEmpty ? Array(measured.prefix(2)) : air
    }
}

extension MetricSchema {
    /// The types of anomalies that its metrics can have.
    var possibleAnomalies: [AnomalyType] {
        AnomalyType.allCases.filter { $0 == .missingData || !candidates(for: $0).isEmpty }
    }
}

extension AnomalyTypeParameters {
    /// The metrics of a group that the type may affect: those that it names, or by its own rule where it names no others.
    func candidates(among metrics: MetricSet, of schema: MetricSchema) -> [Metric] {
        self.metrics == schema.candidates(for: type)
            ? schema.candidates(for: type, among: metrics) : self.metrics.filter { metrics.contains(MetricSet($0)) }
    }
}

extension RecipeResolver {
    /// The metrics that a type may affect, in the order of the columns; nil where none are stated.
    mutating func affected(_ stated: Stated<[String]>?, of schema: MetricSchema) -> [Metric]? {
        guard let stated, decoder.isSound("metrics") else { return nil }
        for (index, name) in stated.value.enumerated() {
            if let problem = problem(with: name, of: schema) { report(problem, item: index, of: stated) }
        }
        return schema.all.filter { stated.value.contains(schema[$0].name) }
    }

    private func problem(with name: String, of schema: MetricSchema) -> String? {
        guard let metric = schema[name] else { return schema.unknown(name) }
        switch metric.model {
        case .state: return "\(name) is a state, which has no size; only missing data affect it"
        case .life: return "\(name) tells of the life of a machine, not of what a sensor measures; name other metrics"
        case .derived: return "\(name) is computed from other metrics and changes with them; name those"
        case .climate, .supply, .process, .counter, .replay: return nil
        }
    }

    /// Reports modes of missing data in which a recipe's metrics have nothing to report.
    mutating func checkModes(of stated: AnomalyTypeSection, _ schema: MetricSchema) {
        guard !schema.metrics.contains(where: \.isOfPart) else { return }
        let modes = stated.modes ?? stated.rows.map { $0.map { [$0] } }
        for mode in [MissingMode.sentinel, .rail] where modes?.value.contains(mode) == true {
            decoder.report(
                "\(mode.rawValue) needs a metric that a sensing part measures; states and the supply voltage are none",
                at: modes?.origin,
                path: modes?.keyPath ?? ""
            )
        }
    }
}
