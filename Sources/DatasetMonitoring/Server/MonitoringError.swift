/// Why the monitoring server cannot serve.
public enum MonitoringError: Error, Hashable {
    /// The address cannot be listened at.
    case cannotListen(host: String, port: Int, reason: String)
}

extension MonitoringError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason):
            "monitoring cannot listen at \(host), port \(port): \(reason); choose another monitoring.host or monitoring.port"
        }
    }
}
