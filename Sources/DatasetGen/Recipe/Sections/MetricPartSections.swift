/// An item of `metrics.*.cycles`.
struct MetricCycleSection: Sendable {
    var period: Stated<Int64>?
    var share: Stated<Double>?
    var peak: Stated<Int64>?
    var days: Stated<[Weekday]>?
    var shape: Stated<[Double]>?

    static let definition = SectionDefinition(
        name: "cycle",
        summary: "A regular rise and fall of a metric.",
        fields: [
            Field("period", \.period, .duration, required: true, "How often it comes back."),
            Field("share", \.share, .number(.from(0, to: 1)), required: true, "Its part of the variance."),
            Field("peak", \.peak, .offset, default: "0s", "From the beginning of a period to the peak, in UTC."),
            Field(
                "days",
                \.days,
                ValueType<Weekday>.choice.list(named: "days", minimumCount: 1),
                "Only on these days."
            ),
            Field(
                "shape",
                \.shape,
                ValueType<Double>.number()
                    .list(
                        named: "numbers",
                        minimumCount: 2,
                        maximumCount: CycleShape.counts.upperBound
                    ),
                default: "a sine",
                "The curve over a period, in place of `peak` and `days`: numbers in any unit that lie evenly in it, from its "
                    + "beginning on, with straight lines between them. A period of whole weeks begins on Monday, 00:00 UTC."
            ),
        ],
        empty: { MetricCycleSection() }
    )
}

/// A day of the week.
enum Weekday: String, CaseIterable, Sendable {
    case mon, tue, wed, thu, fri, sat, sun
}

/// An item of `metrics.*.follows`.
struct MetricFollowsSection: Sendable {
    var metric: Stated<String>?
    var weight: Stated<Double>?
    var lag: Stated<Int64>?

    static let definition = SectionDefinition(
        name: "follow",
        summary: "What a metric takes from another of the model `process`.",
        fields: [
            Field("metric", \.metric, .text, required: true, "The other metric."),
            Field(
                "weight",
                \.weight,
                .number(.from(-10, to: 10)),
                required: true,
                "The correlation that it makes where the metric follows no other, then between -1 and 1."
            ),
            Field("lag", \.lag, .offset, default: "0s", "How much later this metric is."),
        ],
        empty: { MetricFollowsSection() }
    )
}

/// An item of `metrics.*.changes`.
struct MetricChangeSection: Sendable {
    var at: Stated<Int64>?
    var duration: Stated<Int64>?
    var mean: Stated<Double>?
    var standardDeviation: Stated<Double>?

    static let definition = SectionDefinition(
        name: "change",
        summary: "A change of a metric that stays.",
        fields: [
            Field("at", \.at, .offset, required: true, "When it begins, from the start of the dataset."),
            Field("over", \.duration, .offset, default: "0s", "How long it takes."),
            Field("mean", \.mean, .number(), default: "0", "Added to the mean."),
            Field("std_dev", \.standardDeviation, .number(.atLeast(0)), default: "1", "Multiplies the deviation."),
        ],
        empty: { MetricChangeSection() }
    )
}

/// Section `metrics.*.rate`.
struct MetricRateSection: Sendable {
    var mean: Stated<Double>?
    var cycles: Stated<[Stated<MetricCycleSection>]>?
    var follows: Stated<[Stated<MetricFollowsSection>]>?

    static let definition = SectionDefinition(
        name: "rate",
        summary: "How fast a counter grows. The `share` of a cycle and the `weight` of what it follows are parts "
            + "of the rate here.",
        fields: [
            Field("mean", \.mean, .number(.above(0)), required: true, "Mean growth an hour, in the unit."),
            Field(
                "cycles",
                \.cycles,
                ValueType.section(MetricCycleSection.definition).stated.list(named: "cycles"),
                "Parts of the rate that come and go regularly."
            ),
            Field(
                "follows",
                \.follows,
                ValueType.section(MetricFollowsSection.definition).stated.list(named: "metrics to follow"),
                "Parts of the rate that are in proportion to other metrics of the model `process`."
            ),
        ],
        empty: { MetricRateSection() }
    )
}

/// Section `metrics.*.life`.
struct MetricLifeSection: Sendable {
    var mean: Stated<Int64>?
    var shape: Stated<Double>?
    var repair: Stated<ClosedRange<Int64>>?

    static let definition = SectionDefinition(
        name: "life",
        summary: "Lives of a machine, which follow one another with repairs between them.",
        fields: [
            Field("mean", \.mean, .duration, required: true, "Mean length of a life."),
            Field(
                "shape",
                \.shape,
                .number(.from(0.5, to: 20)),
                default: "2",
                "Shape of the Weibull distribution: 1 if machines do not age, the larger the more lives are alike."
            ),
            Field(
                "repair",
                \.repair,
                ValueType.offset.orRange(),
                default: "0s",
                "From a failure to the next life; of a range all are equally likely."
            ),
        ],
        empty: { MetricLifeSection() }
    )
}
