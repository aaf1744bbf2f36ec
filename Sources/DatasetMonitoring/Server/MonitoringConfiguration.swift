/// Where the monitoring server listens, who may read it and what it allows.
public struct MonitoringConfiguration: Sendable {
    /// Address to listen at; the default is reachable from this machine only.
    public var host = "127.0.0.1"
    /// TCP port; 0 for any free one.
    public var port = 8080
    /// What clients must present; nil for no such demand.
    public var token: BearerToken?
    /// Another path at which `/healthz` answers.
    public var healthPath: String?
    /// Another path at which `/metricz` answers.
    public var metricsPath: String?
    /// Whether `/metrics` answers in Prometheus's text format.
    public var offersPrometheus = true
    /// The status is asked of the run at most once in this time; for health checks at least every fifth of a second.
    public var metricsInterval: Duration = .milliseconds(200)
    /// What a client may use.
    public var limits = MonitoringLimits()

    /// The defaults: this machine only, port 8080, no token.
    public init() {}
}
