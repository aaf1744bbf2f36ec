/// Section `metrics` as a recipe states it: what is measured, in the order of the columns.
struct MetricsSection: Sendable {
    var metrics: [Named] = []

    struct Named: Sendable {
        var name: String
        var declaration: Stated<MetricDeclarationSection>
    }
}

extension ValueType where Value == MetricsSection {
    /// A map from names to what is said of the metrics.
    static let metrics = ValueType(
        expectation: "a section of 1 to \(MetricSchema.maximumCount) metrics by name",
        schema: .members([
            "type": .string("object"),
            "propertyNames": .members(["pattern": .string(MetricName.pattern)]),
            "additionalProperties": MetricDeclarationSection.definition.outline.reference,
            "minProperties": .literal("1"), "maxProperties": .literal("\(MetricSchema.maximumCount)"),
        ]),
        sections: [MetricDeclarationSection.definition.outline]
    ) { node, path, decoder in
        guard let entries = node.entries, !entries.isEmpty else {
            decoder.reportMismatch(node, expected: "metrics by name, such as co2: {mean: 650, std_dev: 180}", at: path)
            return nil
        }
        guard entries.count <= MetricSchema.maximumCount else {
            decoder.report(MetricSchemaError.tooMany(entries.count).description, at: node.origin, path: path)
            return nil
        }
        var section = MetricsSection()
        for entry in entries {
            let metricPath = path.appendingKey(entry.key)
            decoder.noteOrigin(entry.value.origin, of: metricPath)
            if let problem = MetricName.problem(with: entry.key) {
                decoder.report("\(entry.key.quoted) \(problem)", at: entry.value.origin, path: metricPath)
                continue
            }
            let definition = MetricDeclarationSection.definition
            if let stated = definition.decode(entry.value, at: metricPath, with: &decoder) {
                let declaration = Stated(stated, keyPath: metricPath, origin: entry.value.origin)
                section.metrics.append(.init(name: entry.key, declaration: declaration))
            }
        }
        return section
    } encode: { section in
        .object(
            section.metrics.map { metric in
                let definition = MetricDeclarationSection.definition
                return JSONValue.Member(key: metric.name, value: definition.encode(metric.declaration.value))
            }
        )
    }
}
