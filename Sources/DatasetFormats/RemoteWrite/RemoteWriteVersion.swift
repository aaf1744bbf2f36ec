/// The versions of Prometheus' remote write.
package enum RemoteWriteVersion: String, CaseIterable, Sendable {
    /// `prometheus.WriteRequest`: every series has its labels as texts.
    case one = "1"
    /// `io.prometheus.write.v2.Request`: labels are numbers of texts that stand once at the beginning.
    case two = "2"

    /// The lines of a request that say so.
    package var headers: [String] {
        let message = self == .one ? "" : ";proto=io.prometheus.write.v2.Request"
        let version = self == .one ? "0.1.0" : "2.0.0"
        return [
            "Content-Type: application/x-protobuf" + message, "Content-Encoding: snappy",
            "X-Prometheus-Remote-Write-Version: " + version,
        ]
    }
}
