import HTTPTypes

/// Guards a server that only this machine reaches against pages of the web that reach it through a browser here.
///
/// Such a page names its own host and lets that name resolve to 127.0.0.1 (DNS rebinding); the name gives it away.
struct LoopbackHosts: Sendable {
    private let isGuarding: Bool
    private let names: Set<String>

    init(listeningAt host: String) {
        isGuarding = Self.isLoopback(host)
        names = ["localhost", "127.0.0.1", "::1", host.lowercased()]
    }

    /// Whether a request to this authority, `localhost:8080`, is meant for this server.
    func accepts(_ authority: String?) -> Bool {
        guard isGuarding, let authority, !authority.isEmpty else { return true }
        return names.contains(Self.host(of: authority.lowercased()))
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    private static func host(of authority: String) -> String {
        if authority.hasPrefix("[") {
            return String(authority.dropFirst().prefix { $0 != "]" })
        }
        return String(authority.prefix { $0 != ":" })
    }
}
