/// One type of `anomalies.types` as a recipe states it.
struct AnomalyTypeSection: Sendable {
    var isEnabled: Stated<Bool>?
    var weight: Stated<Double>?
    var durationSeconds: Stated<ClosedRange<Int64>>?
    var duration: Stated<ClosedRange<Int64>>?
    var maximumDuration: Stated<Int64>?
    var difficulty: Stated<DifficultyMix>?
    var magnitude: Stated<ClosedRange<Double>>?
    var metrics: Stated<[String]>?
    var shapes: Stated<[AnomalyShape]>?
    var severityFactor: Stated<Double>?
    var rateChange: Stated<Double>?
    var frequency: Stated<Double>?
    var noiseMultiplier: Stated<Double>?
    var modes: Stated<[MissingMode]>?
    var rows: Stated<MissingMode>?

    static func definition(for type: AnomalyType) -> SectionDefinition<AnomalyTypeSection> {
        let standard = AnomalyTypeParameters.default(for: type)
        let duration = standard.duration.map { DurationText.text(ofMicroseconds: $0.lowerBound) } ?? "a single reading"
        let summary = "Length of an event; of a range all are equally likely."
        let meanSummary = "Mean length of an event; lengths are heavy-tailed (Pareto), or equally likely in a range."
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
                Field(
                    "duration",
                    \.duration,
                    ValueType.duration.orRange(),
                    default: duration,
                    type == .missingData ? meanSummary : summary
                ),
                Field("duration_seconds", \.durationSeconds, ValueType.seconds.orRange(), "The same in seconds."),
            ]
                + (type == .missingData ? [] : ofSize + [shape(of: type)])
                + ofOneType.filter { $0.type == type }.map(\.field),
            alternatives: [["duration", "duration_seconds"]]
                + (type == .missingData ? [["modes", "rows"]] : [["magnitude", "difficulty"]])
                + (type == .trend ? [["rate_change", "magnitude"], ["rate_change", "difficulty"]] : [])
                + (type == .noise ? [["noise_multiplier", "magnitude"], ["noise_multiplier", "difficulty"]] : []),
            strangers: strangers(in: type),
            empty: { AnomalyTypeSection() }
        )
    }

    /// What an incident does to its sensors.
    static func ofIncident(_ type: AnomalyType) -> SectionDefinition<AnomalyTypeSection> {
        var section = definition(for: type)
        section.name = "incident_\(type.name)"
        section.summary = "What an incident does that has an effect of type `\(type.name)`."
        section.fields.removeAll { ofSchedule.contains($0.outline.name) }
        section.alternatives.removeAll { !ofSchedule.isDisjoint(with: $0) }
        for key in ofSchedule {
            section.strangers[key] = "the incident itself says how often it comes and how long it lasts"
        }
        return section
    }

    /// The keys that say how often events come and how long they last.
    private static let ofSchedule: Set = ["enabled", "weight", "duration", "duration_seconds", "max_duration"]

    /// The keys of all types that change values.
    private static let ofSize: [Field<AnomalyTypeSection>] = [
        Field(
            "difficulty",
            \AnomalyTypeSection.difficulty,
            .difficulty,
            default: "that of `anomalies`",
            "How hard the events are to tell from what healthy readings do."
        ),
        Field(
            "magnitude",
            \.magnitude,
            ValueType.number(.from(0.5, to: 10_000)).orRange(),
            default: "by `difficulty`",
            "Size of the effect in multiples of the sensor's own noise: the largest change, of noise the standard deviation; "
                + "of a range all are equally likely."
        ),
        Field(
            "metrics",
            \.metrics,
            ValueType.metricName.orList(named: "metrics"),
            default: "all that the type affects",
            "The metrics that may be affected."
        ),
        Field(
            "severity_factor",
            \.severityFactor,
            .number(.from(0.1, to: 10)),
            default: "1",
            "Multiplies the size of the effect."
        ),
    ]

    private static func shape(of type: AnomalyType) -> Field<AnomalyTypeSection> {
        let names = AnomalyShape.allCases.filter { $0.type == type }.map(\.rawValue)
        let one = ValueType<AnomalyShape>.choice(among: names)
        return Field(
            "shape",
            \AnomalyTypeSection.shapes,
            one.orList(named: "shapes"),
            default: AnomalyShape.defaults(for: type).map(\.rawValue).joined(separator: ", "),
            "How the effect goes over the event; one is drawn per event."
        )
    }

    /// The keys that a single type has.
    private static let ofOneType: [(type: AnomalyType, field: Field<AnomalyTypeSection>)] = [
        (
            .trend,
            Field(
                "rate_change",
                \.rateChange,
                .number(.from(0.01, to: 1)),
                default: "by `difficulty`",
                "Largest drift of an event, as a share of `max` − `min`."
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
                default: "by `difficulty`",
                "Standard deviation of the added noise, in standard deviations of the metric."
            )
        ),
        (
            .missingData,
            Field(
                "max_duration",
                \.maximumDuration,
                .duration,
                default: "ten times `duration`, or a third of the time between two gaps",
                "No event is longer."
            )
        ),
        (
            .missingData,
            Field(
                "modes",
                \.modes,
                ValueType.missingMode.list(named: "modes", minimumCount: 1),
                default: "[blank]",
                "What becomes of the rows, drawn per event: `blank` (or `null`) keeps them without values, `omit` drops them, "
                    + "`stuck` repeats earlier values, `sentinel` writes values that mean no answer, `rail` an end of the range."
            )
        ),
        (.missingData, Field("rows", \.rows, .missingMode, "A single mode.")),
    ]

    /// Messages about the keys that other types have.
    private static func strangers(in type: AnomalyType) -> [String: String] {
        var messages: [String: String] = [:]
        for (owner, field) in ofOneType where owner != type {
            messages[field.outline.name] = "concerns \(owner.name) only, not \(type.name)"
        }
        if type == .missingData {
            for field in ofSize {
                messages[field.outline.name] = "does not concern missing_data: a missing value has no size"
            }
            messages["shape"] = "does not concern missing_data: see modes"
        }
        return messages
    }
}

extension ValueType where Value == MissingMode {
    /// What becomes of a missing row.
    ///
    /// `null`, as a word or YAML's own, means `blank`: readers of tables take the word for no value.
    fileprivate static let missingMode = {
        let names = MissingMode.allCases.map(\.rawValue)
        let expectation = "one of " + names.joined(separator: ", ")
        return ValueType(
            expectation: expectation,
            schema: .members(["enum": .array([.literal("null"), .string("null")] + names.map { .string($0) })])
        ) { node, path, decoder in
            if node.isNull || node.text == "null" { return MissingMode.blank }
            if let mode = node.text.flatMap({ MissingMode(rawValue: $0) }) { return mode }
            let nearest = node.text.flatMap { Suggestion.nearest(to: $0, among: names) }
            decoder.reportMismatch(node, expected: expectation, at: path, suggestion: nearest)
            return nil
        } encode: { mode in
            .string(mode.rawValue)
        }
    }()
}
