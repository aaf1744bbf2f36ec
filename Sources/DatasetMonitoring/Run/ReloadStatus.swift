public import DatasetGen

/// Which version of the settings is in effect, and how the last attempt to change them ended.
public struct ReloadStatus: Sendable {
    /// The version in effect; the settings that the run began with are 1.
    public var version: Int
    /// When it took effect.
    public var appliedAt: SimulatedTime?
    /// Changes refused since the run began.
    public var refusals: Int64
    /// Why the last change was refused; nil if it took effect.
    public var error: String?

    /// Settings that have been in effect since the run began.
    public init(version: Int = 1, appliedAt: SimulatedTime? = nil, refusals: Int64 = 0, error: String? = nil) {
        self.version = version
        self.appliedAt = appliedAt
        self.refusals = refusals
        self.error = error
    }
}
