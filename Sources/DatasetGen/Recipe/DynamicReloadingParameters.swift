/// Section `dynamic_reloading`: how the live mode follows changes of its recipe file.
public struct DynamicReloadingParameters: Hashable, Sendable {
    /// Whether changes are followed.
    public var isEnabled: Bool?
    /// Seconds between two looks at the file.
    public var checkIntervalSeconds: Double?
    /// Whether a change is applied, rather than only logged.
    public var reloadsOnChange: Bool?
    /// Whether a changed file is checked as a whole before any of it is applied.
    public var validatesBeforeReload: Bool?

    /// No settings.
    public init() {}
}

extension DynamicReloadingParameters {
    static let definition = SectionDefinition(
        name: "dynamic_reloading",
        summary: "How the live mode follows changes of the recipe file.",
        fields: [
            Field("enabled", plain: \.isEnabled, .bool, default: "true", "Follow changes."),
            Field(
                "check_interval_seconds",
                plain: \.checkIntervalSeconds,
                .number(.above(0, to: 86_400)),
                default: "1",
                "Seconds between two looks at the file."
            ),
            Field(
                "reload_on_change",
                plain: \.reloadsOnChange,
                .bool,
                default: "true",
                "Apply a change rather than only log it."
            ),
            Field(
                "validate_before_reload",
                plain: \.validatesBeforeReload,
                .bool,
                default: "true",
                "Check a changed file as a whole before any of it is applied; it always is."
            ),
        ],
        empty: { DynamicReloadingParameters() }
    )
}
