import DatasetGen

/// Guards a server against pages of the web that reach it through a browser.
///
/// Such a page names its own host and lets that name resolve to this server's address (DNS rebinding); the name gives it
/// away. An address is nobody's name, so it is always answered.
struct AllowedHosts: Sendable {
    private let names: Set<String>

    /// The hosts of a server that listens at a host, or is reached by these names.
    init(listeningAt host: String, names: [String]) {
        self.names = Set((["localhost", host] + names).map(Self.normalised))
    }

    /// Whether a request to this authority, `localhost:8080`, is meant for this server.
    ///
    /// Only HTTP/1.0, which no browser speaks, goes without one.
    func accepts(_ authority: String?) -> Bool {
        guard let authority, !authority.isEmpty else { return true }
        if authority.hasPrefix("[") {
            return NetworkHost.isIPv6(String(authority.dropFirst().prefix { $0 != "]" }))
        }
        let host = Self.normalised(String(authority.prefix { $0 != ":" }))
        return NetworkHost.isIPv4(host) || names.contains(host)
    }

    /// Whether only this machine reaches what listens at a host.
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || NetworkHost.isIPv4(host) && host.hasPrefix("127.")
    }

    /// A name without case, and without the dot of a name that is complete.
    private static func normalised(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}
