/// Section `delivery`.
struct DeliverySection: Sendable {
    var jitter: Stated<Int64>?
    var late: Stated<DelayedShareSection>?
    var offline: Stated<OfflineSection>?
    var duplicates: Stated<DelayedShareSection>?
    var loss: Stated<Double>?
    var clockDrift: Stated<ClockDriftSection>?
    var order: Stated<DeliveryParameters.Order>?

    static let definition = SectionDefinition(
        name: "delivery",
        summary: "What happens to readings on their way. Rows are what arrives, with the column `arrival_time`; "
            + "`delivery.csv` tells each fault, and content_sha256 is that of the readings as they were taken.",
        fields: faults + [
            Field(
                "order",
                \.order,
                .choice,
                default: "time",
                "Whether rows stand as in `dataset.order`, or in the order of `arrival_time`, which needs `dataset.order: time` and "
                    + "goes with no output `sqlite`."
            )
        ],
        empty: { DeliverySection() }
    )

    /// The section of a group.
    static let ofGroup = SectionDefinition(
        name: "group_delivery",
        summary:
            "What happens to the readings of a group on their way, in place of the recipe's `delivery`; without keys, "
            + "nothing does.",
        fields: faults,
        strangers: ["order": "rows of all groups have one order; it stands in the recipe's section delivery"],
        empty: { DeliverySection() }
    )

    private static var faults: [Field<DeliverySection>] {
        [
            Field("jitter", \.jitter, .offset, default: "0s", "Every reading arrives later by up to as much."),
            Field("late", \.late, .section(DelayedShareSection.late), "Some readings arrive much later."),
            Field(
                "offline",
                \.offline,
                .section(OfflineSection.definition),
                "Sensors are cut off now and then, and send what they have when they are back."
            ),
            Field(
                "duplicates",
                \.duplicates,
                .section(DelayedShareSection.duplicates),
                "Some readings arrive twice. Not together with the output `sqlite`, which has one row for each `id`."
            ),
            Field("loss", \.loss, .number(greatestShare), default: "0", "The share of readings that never arrive."),
            Field(
                "clock_drift",
                \.clockDrift,
                .section(ClockDriftSection.definition),
                "Clocks of some sensors are fast or slow: `timestamp` is what they show."
            ),
        ]
    }

    /// A fault that nearly all readings have leaves nothing to find.
    static let greatestShare = Bounds.from(0, to: 0.9)
}

/// Sections `delivery.late` and `delivery.duplicates`.
struct DelayedShareSection: Sendable {
    var share: Stated<Double>?
    var delay: Stated<ClosedRange<Int64>>?

    static let late = SectionDefinition(
        name: "late",
        summary: "Readings that arrive much later.",
        fields: [
            share,
            Field("delay", \.delay, ValueType.duration.orRange(), required: true, "By how much, evenly distributed."),
        ],
        empty: { DelayedShareSection() }
    )

    static let duplicates = SectionDefinition(
        name: "duplicates",
        summary: "Readings that arrive twice.",
        fields: [
            share,
            Field(
                "delay",
                \.delay,
                ValueType.duration.orRange(),
                default: "[1s, 30s]",
                "From the first arrival to the second, evenly distributed."
            ),
        ],
        empty: { DelayedShareSection() }
    )

    /// What a sender waits for an answer before it sends again.
    static let defaultDelay: ClosedRange<Int64> = 1_000_000...30_000_000

    private static let share = Field(
        "share",
        \DelayedShareSection.share,
        .number(DeliverySection.greatestShare),
        required: true,
        "Their share of all readings."
    )
}

/// Section `delivery.offline`.
struct OfflineSection: Sendable {
    var every: Stated<Int64>?
    var duration: Stated<ClosedRange<Int64>>?

    static let definition = SectionDefinition(
        name: "offline",
        summary: "Stretches in which a sensor is cut off: what it takes then arrives at their end.",
        fields: [
            Field("every", \.every, .duration, required: true, "Mean time from one stretch of a sensor to its next."),
            Field(
                "duration",
                \.duration,
                ValueType.duration.orRange(),
                required: true,
                "How long they last, evenly distributed; at most half of `every`."
            ),
        ],
        empty: { OfflineSection() }
    )
}

/// Section `delivery.clock_drift`.
struct ClockDriftSection: Sendable {
    var share: Stated<Double>?
    var ppm: Stated<Double>?

    static let definition = SectionDefinition(
        name: "clock_drift",
        summary: "Sensors whose clocks are right at the start and go wrong from then on.",
        fields: [
            Field("share", \.share, .number(.from(0, to: 1)), required: true, "Their share of all sensors."),
            Field(
                "ppm",
                \.ppm,
                .number(.from(0.001, to: 1_000)),
                required: true,
                "The greatest error in millionths of the time that has passed, fast or slow, evenly distributed."
            ),
        ],
        empty: { ClockDriftSection() }
    )
}
