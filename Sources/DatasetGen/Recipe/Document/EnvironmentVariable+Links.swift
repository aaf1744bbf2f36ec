extension EnvironmentVariable {
    /// Whether a value was put there by a cluster rather than by somebody: Kubernetes tells every container of a namespace
    /// about each of its Services, and of one called `monitoring` by `MONITORING_PORT=tcp://10.0.0.7:9090`.
    ///
    /// Source: Kubernetes, "Services", section "Environment variables"; Docker's links had the same form.
    static func isServiceLink(_ name: String, _ text: String) -> Bool {
        name.hasSuffix("_PORT") && ["tcp://", "udp://", "sctp://"].contains { text.hasPrefix($0) }
    }

    /// What to tell of a value that was put there by a cluster.
    static func noteOfServiceLink(_ name: String, _ text: String) -> String {
        let service = name.dropLast("_PORT".count).lowercased().replacing("_", with: "-")
        return "\(name): \(text.quoted) is passed over: Kubernetes sets it for a Service called \(service); "
            + "enableServiceLinks: false in the pod's spec keeps it away"
    }
}
