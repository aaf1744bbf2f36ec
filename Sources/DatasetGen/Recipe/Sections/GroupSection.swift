/// A group of the fleet as a recipe states it.
struct GroupSection: Sendable {
    var count: Stated<Int>?
    var prefix: Stated<String>?
    var startIndex: Stated<Int>?
    var randomLocation: Stated<RandomLocationSection>?
    var metrics: Stated<[String]>?
    var normal: Stated<NormalSection>?
    var climate: Stated<Climate>?
    var anomalies: Stated<AnomaliesSection>?
    var interval: Stated<TickInterval>?
    var delivery: Stated<DeliverySection>?
    var sensor = SensorSection()

    /// The largest fleet.
    static let maximumCount = 10_000_000
    /// The most groups, whose checks stay within seconds and whose resolved recipe can be read again.
    static let maximumGroupCount = 10_000

    static let definition = SectionDefinition(
        name: "group",
        summary: "A group of like sensors. It has the keys of `sensor` and starts from what `sensor` and `identity` "
            + "state.",
        fields: [
            Field("count", \.count, .integer(1...maximumCount), default: "1", "Number of sensors."),
            Field(
                "prefix",
                \.prefix,
                .text,
                default: "SENSOR, then SENSOR_B, SENSOR_C, … by the group's place",
                "Ids are `PREFIX_000001` and on."
            ),
            Field("start_index", \.startIndex, .integer(0...1_000_000_000), default: "1", "Number of the first id."),
        ] + SensorSection.fields.map { $0.within(\.sensor) }
            + [
                Field(
                    "random_location",
                    \.randomLocation,
                    .section(RandomLocationSection.definition),
                    "Spread the group over cities."
                ),
                Field(
                    "metrics",
                    \.metrics,
                    ValueType.metricName.orList(named: "metrics"),
                    default: "all of the recipe",
                    "What the group measures; its other metrics are NULL."
                ),
                Field(
                    "normal_parameters",
                    \.normal,
                    .section(NormalSection.definition),
                    "What its healthy sensors report, where that differs from the recipe's `normal_parameters`."
                ),
                Field("climate", \.climate, .choice, default: "the recipe's", "What its sensors follow."),
                Field(
                    "anomalies",
                    \.anomalies,
                    .section(AnomaliesSection.definition),
                    "How its sensors fail, where that differs from the recipe's `anomalies`."
                ),
                Field(
                    "interval",
                    \.interval,
                    .interval,
                    default: "that of `simulation`",
                    "Time between two readings of a sensor: a whole multiple of the shortest interval of the fleet."
                ),
                Field(
                    "delivery",
                    \.delivery,
                    .section(DeliverySection.ofGroup, emptyIfNull: true),
                    default: "the recipe's",
                    "How its readings fail to arrive as they should."
                ),
            ],
        alternatives: SensorSection.alternatives,
        empty: { GroupSection() }
    )
}

/// Section `replicas` as a recipe states it.
struct ReplicasSection: Sendable {
    var count: Stated<Int>?
    var prefix: Stated<String>?
    var startIndex: Stated<Int>?

    static let definition = SectionDefinition(
        name: "replicas",
        summary: "A fleet of like sensors with ids `PREFIX_000001` and on.",
        fields: [
            Field("count", \.count, .integer(1...GroupSection.maximumCount), default: "1", "Number of sensors."),
            Field("prefix", \.prefix, .text, default: "SENSOR", "What ids begin with."),
            Field("start_index", \.startIndex, .integer(0...1_000_000_000), default: "1", "Number of the first id."),
        ],
        empty: { ReplicasSection() }
    )
}
