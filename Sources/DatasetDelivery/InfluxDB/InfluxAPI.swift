import DatasetFormats
import DatasetGen

/// How one of the versions of InfluxDB is spoken to.
///
/// Sources: InfluxDB 1.8, "InfluxDB API reference"; InfluxDB OSS 2.7, "InfluxDB v2 API"; InfluxDB 3 Core, "HTTP API". All three
/// answer InfluxQL at `/query`.
struct InfluxAPI: Sendable {
    /// Which version, and what it calls where points are.
    enum Version: Sendable {
        /// A retention policy; nil for the default one.
        case v1(policy: String?)
        case v2(organization: String)
        case v3
    }

    let version: Version
    /// The database or the bucket.
    let database: String

    /// Of a target's URL.
    init(_ url: TargetURL) throws(DeliveryError) {
        let scheme = url.scheme
        switch url["version"] ?? (url["bucket"] == nil ? "1" : "2") {
        case "1":
            try url.checkParameters(["version", "rp", "gzip"])
            version = .v1(policy: url["rp"])
            database = try Self.database(url)
        case "2":
            try url.checkParameters(["version", "org", "bucket", "gzip"])
            guard let bucket = url["bucket"], !bucket.isEmpty, let organization = url["org"], !organization.isEmpty,
                url.path.isEmpty
            else {
                throw DeliveryError(
                    .usage,
                    "\(scheme): InfluxDB 2 is named as \(scheme)://HOST:8086/?org=ORG&bucket=BUCKET"
                )
            }
            version = .v2(organization: organization)
            database = bucket
        case "3":
            try url.checkParameters(["version", "gzip"])
            version = .v3
            database = try Self.database(url)
        case let other:
            throw DeliveryError(.usage, "\(scheme): version is \(other.quoted); it is 1, 2 or 3")
        }
    }

    private static func database(_ url: TargetURL) throws(DeliveryError) -> String {
        guard url.path.count == 1 else {
            throw DeliveryError(.usage, "\(url.scheme): a database is named as \(url.scheme)://HOST:PORT/DATABASE")
        }
        return url.path[0]
    }

    /// Where it listens if the URL says nothing.
    var port: Int {
        if case .v3 = version { return 8_181 }
        return 8_086
    }

    /// How a token is announced.
    var tokenScheme: String {
        if case .v3 = version { return "Bearer" }
        return "Token"
    }

    /// Where points with such times are sent.
    func write(_ timestamps: TimestampStyle) -> (path: String, query: [(String, String)]) {
        let (short, long) =
            switch timestamps {
            case .epochSeconds: ("s", "second")
            case .epochMilliseconds: ("ms", "millisecond")
            case .epochNanoseconds: ("ns", "nanosecond")
            default: ("us", "microsecond")
            }
        switch version {
        case .v1(let policy):
            let unit = ["us": "u", "ns": "n"][short] ?? short
            return ("/write", [("db", database), ("precision", unit)] + (policy.map { [("rp", $0)] } ?? []))
        case .v2(let organization):
            return ("/api/v2/write", [("org", organization), ("bucket", database), ("precision", short)])
        case .v3:
            return ("/api/v3/write_lp", [("db", database), ("precision", long), ("accept_partial", "false")])
        }
    }

    /// The condition that a point lies in a range of time.
    static func condition(_ times: Range<Int64>) -> String {
        "time >= \(times.lowerBound)u AND time < \(times.upperBound)u"
    }

    /// A name in InfluxQL.
    static func name(_ text: String) -> String { "\"" + escaped(text, "\"") + "\"" }

    /// A text in InfluxQL.
    static func literal(_ text: String) -> String { "'" + escaped(text, "'") + "'" }

    private static func escaped(_ text: String, _ quote: Unicode.Scalar) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == quote || scalar == "\\" { result += "\\" }
            if scalar == "\n" { result += "\\n" } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}
