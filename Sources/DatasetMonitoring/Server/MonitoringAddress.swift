/// Where a running server listens.
public struct MonitoringAddress: Hashable, Sendable {
    /// The host as configured.
    public let host: String
    /// The port, also where the configuration left it open.
    public let port: Int

    /// The dashboard's address, for people on this machine.
    public var url: String {
        let name = ["*", "0.0.0.0", "::"].contains(host) ? "localhost" : host
        return "http://\(name.contains(":") ? "[\(name)]" : name):\(port)/"
    }
}
