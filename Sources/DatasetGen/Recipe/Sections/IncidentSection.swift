/// An item of section `incidents`.
struct IncidentSection: Sendable {
    var cause: Stated<String>?
    var scope: Stated<IncidentParameters.Scope>?
    var only: Stated<[String]>?
    var every: Stated<Int64>?
    var at: Stated<[Stated<Int64>]>?
    var duration: Stated<ClosedRange<Int64>>?
    var spread: Stated<Int64>?
    var share: Stated<Double>?
    var effect: Stated<AnomalyTypesSection>?

    /// A recipe has no more causes.
    static let maximumCount = 100
    /// A cause has no more given times.
    static let maximumTimes = 1_000

    static let definition = SectionDefinition(
        name: "incident",
        summary:
            "A fault of something that several sensors depend on: each incident hits all of them, or a share, at one "
            + "time. What it does to a sensor is an event like others, whose `cause_id` all sensors of the incident have.",
        fields: [
            Field("cause", \.cause, .causeName, required: true, "What fails, such as `power` or `gateway`."),
            Field(
                "scope",
                \.scope,
                .choice,
                default: "fleet",
                "Whom an incident hits: all sensors, or those of one `city`, `group`, `manufacturer`, `model` or `firmware_version`."
            ),
            Field(
                "only",
                \.only,
                ValueType.text.orList(named: "names"),
                default: "all",
                "The cities, groups (by their prefix or id) and so on that have incidents."
            ),
            Field(
                "every",
                \.every,
                .duration,
                "Mean time from one incident to the next, in each city, group and so on by itself. It, or `at`, is needed."
            ),
            Field(
                "at",
                \.at,
                ValueType<Int64>.offset.stated.list(named: "offsets", minimumCount: 1, maximumCount: maximumTimes),
                "When incidents begin, from the start of the dataset, in rising order."
            ),
            Field(
                "duration",
                \.duration,
                ValueType.duration.orRange(),
                required: true,
                "How long an incident lasts; of a range all are equally likely. With `spread` at most half of `every`."
            ),
            Field(
                "spread",
                \.spread,
                .offset,
                default: "0s",
                "An incident comes to each sensor later by up to as much, and leaves it as much later."
            ),
            Field("share", \.share, .number(.above(0, to: 1)), default: "1", "The share of the sensors that it hits."),
            Field(
                "effect",
                \.effect,
                .section(AnomalyTypesSection.ofIncident),
                required: true,
                "What it does: one of the types of anomalies, drawn once for all sensors of the incident."
            ),
        ],
        alternatives: [["every", "at"]],
        empty: { IncidentSection() }
    )
}

extension AnomalyTypesSection {
    /// What an incident does.
    static let ofIncident = SectionDefinition(
        name: "incident_effect",
        summary: "What an incident does to its sensors: one type of anomaly.",
        fields: AnomalyType.allCases.map { type in
            Field(
                type.name,
                property(of: type),
                .section(AnomalyTypeSection.ofIncident(type), emptyIfNull: true),
                "An anomaly of type `\(type.name)`."
            )
        },
        empty: { AnomalyTypesSection() }
    )
}

extension ValueType where Value == String {
    /// The name of a cause of incidents: it is part of their ids.
    fileprivate static let causeName = scalar(
        expecting: "a name of up to 32 small letters, digits and `_`, a letter first, such as power",
        schema: .pattern("^[a-z][a-z0-9_]{0,31}$")
    ) { node in
        node.text.flatMap { $0.utf8.count <= 32 && MetricName.isWord($0) ? $0 : nil }
    } encode: {
        .string($0)
    }
}
