/// How a run is, as `/healthz` says it.
public enum RunHealth: String, Sendable, CaseIterable {
    /// Nothing is wrong.
    case healthy
    /// Something is wrong that no restart mends, and readings are kept.
    case degraded
    /// Readings cannot be kept.
    case unhealthy
}

extension RunStatus {
    /// How the run is.
    public var health: RunHealth {
        if problems.contains(where: { $0.severity == .unhealthy }) { return .unhealthy }
        if !problems.isEmpty { return .degraded }
        return isDatabaseHealthy ? .healthy : .unhealthy
    }
}
