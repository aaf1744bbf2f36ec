/// Section `live`: how a live run keeps to its clock, and whom it feeds.
public struct PacingParameters: Hashable, Sendable {
    /// How much simulated time a late run catches up at most, in microseconds; nil for all of it.
    public var maximumCatchUp: Int64?
    /// URLs of what gets the readings as well.
    public var feeds: [String]?

    /// No settings.
    public init() {}
}

extension PacingParameters {
    static let definition = SectionDefinition(
        name: "live",
        summary: "How a live run keeps to its clock, and whom it feeds.",
        fields: [
            Field(
                "max_catch_up",
                plain: \.maximumCatchUp,
                .duration,
                default: "no limit",
                "How much of the past a run that is late writes at most; older readings are left out."
            ),
            Field(
                "feeds",
                plain: \.feeds,
                ValueType.brokerURL.list(named: "URLs of brokers", maximumCount: 16),
                default: "[]",
                "URLs of brokers, receivers over HTTP, and InfluxDB, which get each reading, such as `mqtt://localhost/sensors/{sensor_id}`."
            ),
        ],
        empty: { PacingParameters() }
    )
}
