/// One type of `anomalies.types` as a recipe states it.
struct AnomalyTypeSection: Sendable {
    var isEnabled: Stated<Bool>?
    var weight: Stated<Double>?
    var durationSeconds: Stated<Int64>?
    var duration: Stated<Int64>?
    var severityFactor: Stated<Double>?
    var rateChange: Stated<Double>?
    var frequency: Stated<Double>?
    var noiseMultiplier: Stated<Double>?
    var modes: Stated<[MissingMode]>?
    var rows: Stated<MissingMode>?

    static func definition(for type: AnomalyType) -> SectionDefinition<AnomalyTypeSection> {
        let standard = AnomalyTypeParameters.default(for: type)
        let duration = standard.duration.map { DurationText.text(ofMicroseconds: $0) } ?? "a single reading"
        let own = special.filter { $0.type == type }.map(\.field)
        return SectionDefinition(
            name: type.name,
            summary: "Anomalies of type `\(type.name)`.",
            fields: [
                Field("enabled", \.isEnabled, .bool, default: "true", "Whether the type occurs."),
                Field(
                    "weight",
                    \.weight,
                    .number(.above(0, to: 1e6)),
                    default: standard.weight.plainText,
                    "Share among the anomalous readings, relative to the other types."
                ),
                Field("duration", \.duration, .duration, default: duration, "Length of an event."),
                Field("duration_seconds", \.durationSeconds, .seconds, "Length of an event in seconds."),
            ]
                + (type == .missingData ? [] : [severity])
                + own,
            alternatives: [["duration", "duration_seconds"], ["modes", "rows"]],
            strangers: strangers(in: type),
            empty: { AnomalyTypeSection() }
        )
    }

    private static let severity = Field(
        "severity_factor",
        \AnomalyTypeSection.severityFactor,
        .number(.from(0.1, to: 10)),
        default: "1",
        "Multiplies the size of the effect."
    )

    /// The keys that a single type has.
    private static let special: [(type: AnomalyType, field: Field<AnomalyTypeSection>)] = [
        (
            .trend,
            Field(
                "rate_change",
                \.rateChange,
                .number(.from(0.01, to: 1)),
                default: "0.5",
                "Largest drift at the end of an event, as a share of `max` − `min`."
            )
        ),
        (
            .pattern,
            Field(
                "frequency",
                \.frequency,
                .number(.above(0), of: "Hz"),
                default: "three oscillations per event",
                "Oscillations per second, at most half the readings per second."
            )
        ),
        (
            .noise,
            Field(
                "noise_multiplier",
                \.noiseMultiplier,
                .number(.from(0.1, to: 20)),
                default: "3",
                "Standard deviation of the added noise, in standard deviations of the metric."
            )
        ),
        (
            .missingData,
            Field(
                "modes",
                \.modes,
                ValueType.missingMode.list(named: "modes", minimumCount: 1),
                default: "[null]",
                "What becomes of the rows, drawn per event: `null` keeps them without values, `omit` drops them."
            )
        ),
        (.missingData, Field("rows", \.rows, .missingMode, "A single mode.")),
    ]

    /// Messages about the keys that other types have.
    private static func strangers(in type: AnomalyType) -> [String: String] {
        var messages: [String: String] = [:]
        for (owner, field) in special where owner != type {
            messages[field.outline.name] = "concerns \(owner.name) only, not \(type.name)"
        }
        if type == .missingData {
            messages[severity.outline.name] = "does not concern missing_data: a missing value has no size"
        }
        return messages
    }
}

extension ValueType where Value == MissingMode {
    /// What becomes of a missing row; YAML's null means the mode `null`.
    fileprivate static let missingMode = ValueType(
        expectation: "null or omit",
        schema: .members(["enum": .array([.literal("null"), .string("null"), .string("omit")])])
    ) { node, path, decoder in
        if node.isNull { return MissingMode.null }
        if let mode = node.text.flatMap({ MissingMode(rawValue: $0) }) { return mode }
        decoder.reportMismatch(node, expected: "null or omit", at: path)
        return nil
    } encode: { mode in
        mode == .null ? .literal("null") : .string(mode.rawValue)
    }
}
