/// A metric of section `metrics` as a recipe states it.
struct MetricDeclarationSection: Sendable {
    var model: Stated<MetricDescription.Model>?
    var unit: Stated<String>?
    var summary: Stated<String>?
    var resolution: Stated<Resolution>?
    var mean: Stated<Double>?
    var standardDeviation: Stated<Double>?
    var minimum: Stated<Double>?
    var maximum: Stated<Double>?
    var limits: Stated<ClosedRange<Double>>?
    var noise: Stated<Double>?
    var levels: Stated<Double>?
    var distribution: Stated<ProcessParameters.Distribution>?
    var cycles: Stated<[Stated<MetricCycleSection>]>?
    var wander: Stated<MetricWanderSection>?
    var follows: Stated<[Stated<MetricFollowsSection>]>?
    var scope: Stated<MetricScope>?
    var changes: Stated<[Stated<MetricChangeSection>]>?
    var rate: Stated<MetricRateSection>?
    var resetsAt: Stated<Double>?
    var states: Stated<[MetricDeclaration.StateParameters.Share]>?
    var dwell: Stated<Int64>?
    var formula: Stated<String>?
    var life: Stated<MetricLifeSection>?
    var lifeOf: Stated<String>?
    var value: Stated<LifeValue>?
    var faultAt: Stated<Double>?
    var column: Stated<String>?

    static let definition = SectionDefinition(
        name: "metric",
        summary: "A metric. Without keys, `temperature`, `humidity`, `pressure` and `voltage` are what they are in a "
            + "recipe without `metrics`, as `normal_parameters` says. Another metric needs `mean` and `std_dev`, "
            + "or a `model` of its own.",
        fields: common + ofProcess + [
            Field(
                "rate",
                \.rate,
                .section(MetricRateSection.definition),
                "Of a counter: how fast it grows."
            ),
            Field("resets_at", \.resetsAt, .number(.above(0)), "Of a counter: the count that reads 0 again."),
            Field("states", \.states, .stateShares, "Of a state: each state with its part of all time."),
            Field("dwell", \.dwell, .duration, default: "1h", "Of a state: the rarest state's mean stay."),
            Field("formula", \.formula, .text, "Of a derived metric: arithmetic of the metrics listed before it."),
            Field("life", \.life, .section(MetricLifeSection.definition), "Of a life: how long lives and repairs are."),
            Field(
                "of",
                \.lifeOf,
                .metricName,
                "Of a life: the metric whose `life` it tells of, in place of one of its own."
            ),
            Field(
                "value",
                \.value,
                .choice,
                default: "remaining",
                "Of a life: hours that are left, hours since it began (`age`), the part that is over (`wear`), the failures since the "
                    + "start, or the state: `running`, `maintenance` and, with `fault_at`, `fault`."
            ),
            Field(
                "fault_at",
                \.faultAt,
                .number(Bounds(minimum: 0, maximum: 1, excludesMinimum: true)),
                default: "never",
                "Of a life's state: from which `wear` on there is a fault."
            ),
            Field(
                "column",
                \.column,
                .text,
                default: "that of the metric's name, or of one like it",
                "Of a replay: the recording's column."
            ),
        ],
        empty: { MetricDeclarationSection() }
    )

    private static var common: [Field<MetricDeclarationSection>] {
        [
            Field(
                "model",
                \.model,
                .choice,
                default: "process; that of the standard metric for a standard name",
                "What makes the healthy readings."
            ),
            Field("unit", \.unit, .text, "The unit's symbol."),
            Field("description", \.summary, .text, "One line on what is measured."),
            Field("resolution", \.resolution, .resolution, default: "0.01", "Readings are multiples of it."),
            Field("mean", \.mean, .number(), "Mean of healthy readings over the fleet and a long time."),
            Field("std_dev", \.standardDeviation, .number(.atLeast(0)), "Standard deviation of the same."),
            Field("min", \.minimum, .number(), default: "`mean` − 4 `std_dev`", "No healthy reading is below."),
            Field("max", \.maximum, .number(), default: "`mean` + 4 `std_dev`", "No healthy reading is above."),
            Field(
                "limits",
                \.limits,
                ValueType.number().orRange(),
                default: "as far again beyond `min` and `max`, but not below 0 where `min` is not",
                "No reading lies outside, not even an anomalous one."
            ),
        ]
    }

    private static var ofProcess: [Field<MetricDeclarationSection>] {
        [
            Field(
                "noise",
                \.noise,
                .number(.atLeast(0)),
                default: "0",
                "White noise of the instrument, in the unit; a derived metric and a replay may have it, too."
            ),
            Field(
                "levels",
                \.levels,
                .number(.atLeast(0)),
                default: "0",
                "How much sensors differ for good: the standard deviation of their long-run means, in the unit. It is a "
                    + "part of `std_dev`, as the noise is."
            ),
            Field("distribution", \.distribution, .distribution, default: "normal", "How readings are distributed."),
            Field(
                "cycles",
                \.cycles,
                ValueType.section(MetricCycleSection.definition).stated.list(named: "cycles"),
                "What comes back regularly."
            ),
            Field(
                "wander",
                \.wander,
                .section(MetricWanderSection.definition),
                "What is left of the variance: it wanders."
            ),
            Field(
                "follows",
                \.follows,
                ValueType.section(MetricFollowsSection.definition).stated.list(named: "metrics to follow"),
                "Metrics whose signal is part of this one's."
            ),
            Field("shared", \.scope, .choice, default: "sensor", "Who has the same wander."),
            Field(
                "changes",
                \.changes,
                ValueType.section(MetricChangeSection.definition).stated.list(named: "changes"),
                "Changes that stay."
            ),
        ]
    }
}
