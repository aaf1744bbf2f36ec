/// Section `monitoring`: the live mode's HTTP server.
public struct MonitoringParameters: Hashable, Sendable {
    /// Whether the server runs.
    public var isEnabled: Bool?
    /// TCP port.
    public var port: Int?
    /// Address to listen at.
    public var host: String?
    /// Names by which clients reach the server, beside `localhost` and addresses.
    public var allowedHosts: [String]?
    /// What clients must present; no resolved recipe shows it.
    public var token: String?
    /// Seconds between two updates of the metrics.
    public var metricsIntervalSeconds: Double?
    /// Path of the health check.
    public var healthCheckPath: String?
    /// Path of the metrics.
    public var metricsPath: String?
    /// Whether metrics are offered in Prometheus's text format.
    public var enablesPrometheus: Bool?
    /// The most series of sensors' current readings among these metrics.
    public var readingSeriesLimit: Int?

    /// No settings.
    public init() {}
}

extension MonitoringParameters {
    static let definition = SectionDefinition(
        name: "monitoring",
        summary: "The HTTP server of the live mode.",
        fields: [
            Field("enabled", plain: \.isEnabled, .bool, default: "false", "Run the server."),
            Field("port", plain: \.port, .integer(1...65_535), default: "8080", "TCP port."),
            Field(
                "host",
                plain: \.host,
                .listeningHost,
                default: "127.0.0.1",
                "Address to listen at; `*` is all addresses."
            ),
            Field(
                "allowed_hosts",
                plain: \.allowedHosts,
                ValueType.hostName.list(named: "names"),
                default: "[]",
                "Names by which clients reach the server, for instance through a proxy that keeps `Host`."
            ),
            Field("token", plain: \.token, .bearerToken, "What clients must present as a bearer token; a secret.")
                .unwritten(),
            Field(
                "metrics_interval_seconds",
                plain: \.metricsIntervalSeconds,
                .number(.above(0, to: 86_400)),
                "Seconds between two updates of the metrics."
            ),
            Field(
                "health_check_path",
                plain: \.healthCheckPath,
                .urlPath,
                default: "/healthz",
                "Path of the health check."
            ),
            Field("metrics_path", plain: \.metricsPath, .urlPath, default: "/metricz", "Path of the metrics."),
            Field(
                "enable_prometheus",
                plain: \.enablesPrometheus,
                .bool,
                "Offer the metrics in Prometheus's text format."
            ),
            Field(
                "reading_series_limit",
                plain: \.readingSeriesLimit,
                .integer(0...10_000_000),
                default: "10000",
                "The most series of sensors' current readings in `/metrics`; a run that needs more has none there."
            ),
        ],
        empty: { MonitoringParameters() }
    )
}

extension ValueType where Value == String {
    /// The path of a URL.
    fileprivate static let urlPath = scalar(
        expecting: "a path such as /healthz",
        schema: .pattern("^/[A-Za-z0-9._~/-]*$")
    ) { node in
        node.text.flatMap { text in
            let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._~/-".contains($0)) }
            return text.hasPrefix("/") && isPlain ? text : nil
        }
    } encode: {
        .string($0)
    }
}
