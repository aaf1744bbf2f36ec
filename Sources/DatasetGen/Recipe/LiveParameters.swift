/// Settings that batch generation checks and leaves alone; the live mode uses them.
///
/// Nil stands for a key that the recipe does not have.
public struct LiveParameters: Hashable, Sendable {
    /// Section `database`.
    public var database = DatabaseParameters()
    /// Section `logging`.
    public var logging = LoggingParameters()
    /// Section `monitoring`.
    public var monitoring = MonitoringParameters()
    /// Section `dynamic_reloading`.
    public var dynamicReloading = DynamicReloadingParameters()
    /// Section `live`.
    public var pacing = PacingParameters()
    /// `simulation.start_delay_seconds`.
    public var startDelaySeconds: Double?
    /// `simulation.batch_size`.
    public var batchSize: Int?

    /// No settings.
    public init() {}
}
