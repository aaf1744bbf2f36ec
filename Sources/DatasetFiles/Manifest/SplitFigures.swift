import DatasetGen

/// What the manifest says of the parts of the splits: their intervals, rows and anomalies.
struct SplitFigures {
    private let plan: GenerationPlan
    private let parameters: SplitParameters
    private let counts: SplitCounts

    /// The figures of a plan; nil for a recipe without splits.
    ///
    /// - Complexity: O(events), on all cores.
    init?(_ plan: GenerationPlan) {
        guard let parameters = plan.recipe.splits, let counts = SplitCounts(plan) else { return nil }
        (self.plan, self.parameters, self.counts) = (plan, parameters, counts)
    }

    /// The parts in their order, last what is in none.
    var json: JSONValue {
        var members: [JSONValue.Member] = [.init(key: "by", value: .string(parameters.basis.rawValue))]
        if parameters.isByTime {
            let embargo = FixedPoint(count: parameters.embargo, decimals: 6)
            members.append(.init(key: "embargo_seconds", value: .literal(embargo.text)))
        }
        members.append(.init(key: "normal_only", value: .literal(parameters.isNormalOnly ? "true" : "false")))
        var parts = parameters.parts.indices.map { part in
            figures(of: parameters.parts[part], interval(of: part), counts.parts[part + 1])
        }
        parts.append(figures(of: nil, [], counts.parts[0]))
        members.append(.init(key: "parts", value: .array(parts)))
        return .object(members)
    }

    private func figures(of name: String?, _ interval: [JSONValue.Member], _ part: SplitCounts.Part) -> JSONValue {
        let rate = part.readings == 0 ? nil : Double(part.anomalous) / Double(part.readings)
        let counts: [JSONValue.Member] = [
            .init(key: "sensors", value: .integer(part.sensors)),
            .init(key: "readings", value: .integer(part.readings)),
            .init(key: "rows", value: .integer(part.readings - part.omitted)),
            .init(key: "anomalous", value: .integer(part.anomalous)),
            .init(key: "rate", value: .rounded(rate, decimals: 6)),
        ]
        return .object([.init(key: "split", value: .text(name))] + interval + counts)
    }

    /// Between which times a part lies that the time decides.
    private func interval(of part: Int) -> [JSONValue.Member] {
        guard parameters.isByTime else { return [] }
        let grid = plan.recipe.grid
        let (start, end) = (grid.start.microseconds, grid.end.microseconds)
        let first = part == 0 ? start : start + parameters.cuts[part - 1] + parameters.embargo
        let last = part < parameters.cuts.count ? start + parameters.cuts[part] : end
        return [
            .init(key: "start", value: .string(SimulatedTime(microseconds: first).zonedText)),
            .init(key: "end", value: .string(SimulatedTime(microseconds: last).zonedText)),
        ]
    }
}
