/// Where the monitoring server listens, who may read it and what it allows.
public struct MonitoringConfiguration: Sendable {
    /// Address to listen at; the default is reachable from this machine only.
    ///
    /// `*` is all addresses of the machine, of IPv4 and IPv6.
    public var host = "127.0.0.1"
    /// TCP port; 0 for any free one.
    public var port = 8080
    /// Names by which clients reach the server, beside `localhost`, ``host`` and addresses.
    public var allowedHosts: [String] = []
    /// What clients must present; nil for no such demand.
    public var token: BearerToken?
    /// Another path at which `/healthz` answers.
    public var healthPath: String?
    /// Another path at which `/metricz` answers.
    public var metricsPath: String?
    /// Whether `/metrics` answers in Prometheus's text format.
    public var offersPrometheus = true
    /// The most series that the sensors' current readings may take in `/metrics`; a run that needs more shows none.
    public var readingSeriesLimit = 10_000
    /// The status is asked of the run at most once in this time; for health checks at least every fifth of a second.
    public var metricsInterval: Duration = .milliseconds(200)
    /// What a client may use.
    public var limits = MonitoringLimits()

    /// The addresses to try, until there is one: all addresses are those of IPv6, which take IPv4 in, unless there are none.
    var addresses: [String] { host == "*" ? ["::", "0.0.0.0"] : [host] }

    /// The defaults: this machine only, port 8080, no token.
    public init() {}
}
