/// Section `live`: how a live run keeps to its clock.
public struct PacingParameters: Hashable, Sendable {
    /// How much simulated time a late run catches up at most, in microseconds; nil for all of it.
    public var maximumCatchUp: Int64?

    /// No settings.
    public init() {}
}

extension PacingParameters {
    static let definition = SectionDefinition(
        name: "live",
        summary: "How a live run keeps to its clock.",
        fields: [
            Field(
                "max_catch_up",
                plain: \.maximumCatchUp,
                .duration,
                default: "no limit",
                "How much of the past a run that is late writes at most; older readings are left out."
            )
        ],
        empty: { PacingParameters() }
    )
}
