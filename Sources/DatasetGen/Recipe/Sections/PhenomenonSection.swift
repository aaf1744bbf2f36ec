/// An item of section `phenomena`.
struct PhenomenonSection: Sendable {
    var name: Stated<String>?
    var every: Stated<Int64>?
    var duration: Stated<ClosedRange<Int64>>?
    var onset: Stated<Int64>?
    var recovery: Stated<Int64>?
    var metrics: Stated<[NamedValue]>?
    var share: Stated<Double>?
    var only: Stated<[String]>?

    /// A number that a metric goes towards.
    struct NamedValue: Sendable {
        var name: String
        var value: Double
    }

    /// A recipe has no more of them.
    static let maximumCount = 100

    static let definition = SectionDefinition(
        name: "phenomenon",
        summary:
            "Something that happens to healthy sensors now and then and looks like a fault. It is no anomaly and has no label; the "
            + "table `phenomena` tells when it was where.",
        fields: [
            Field(
                "phenomenon",
                \.name,
                .phenomenonName,
                required: true,
                "`rain` and `fog` come over all sensors of a city, `sun` falls on the housing of one; they change what follows "
                    + "`climate: city`. Any other name, such as `door`, is one sensor's, and `metrics` says what it does."
            ),
            Field(
                "every",
                \.every,
                .duration,
                required: true,
                "Mean time from one to the next, at each city or sensor by itself; of `fog` and `sun` a day at least."
            ),
            Field(
                "duration",
                \.duration,
                ValueType.duration.orRange(),
                default: "[15m, 3h] for rain, [2h, 6h] for fog, [20m, 90m] for sun",
                "How long it lasts; of a range all are equally likely. With `recovery` at most half of `every`, for fog and sun 18 h."
            ),
            Field(
                "onset",
                \.onset,
                .duration,
                default: "10m for rain and sun, 1h for fog, else 1m",
                "The time until it is felt in full."
            ),
            Field(
                "recovery",
                \.recovery,
                .duration,
                default: "40m for rain, 1h for fog, 25m for sun, else 10m",
                "The time behind it until nothing is felt of it any more."
            ),
            Field(
                "metrics",
                \.metrics,
                .metricValues,
                "Of one with a name of your own: the values that metrics go towards, by half the way or more."
            ),
            Field(
                "share",
                \.share,
                .number(.above(0, to: 1)),
                default: "1",
                "The share of the sensors that know it, where it is not a city's."
            ),
            Field(
                "only",
                \.only,
                ValueType.text.orList(named: "names"),
                default: "all",
                "The cities that have it; or the groups, by their prefix or id, where it is not a city's."
            ),
        ],
        empty: { PhenomenonSection() }
    )
}

extension ValueType where Value == String {
    /// The name of a phenomenon: it is part of the ids.
    fileprivate static let phenomenonName = scalar(
        expecting: "rain, fog, sun, or a name of up to 32 small letters, digits and `_`, a letter first, such as door",
        schema: .pattern("^[a-z][a-z0-9_]{0,31}$")
    ) { node in
        node.text.flatMap { $0.utf8.count <= 32 && MetricName.isWord($0) ? $0 : nil }
    } encode: {
        .string($0)
    }
}

extension ValueType where Value == [PhenomenonSection.NamedValue] {
    /// A map from metrics to values.
    fileprivate static let metricValues = numbers(
        expecting: "a section of 1 to 64 metrics, each with a value that it goes towards",
        count: 1...MetricSchema.maximumCount,
        ValueType<Double>.number()
    ) {
        PhenomenonSection.NamedValue(name: $0, value: $1)
    } parts: {
        ($0.name, $0.value)
    }
}
