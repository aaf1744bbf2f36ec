import Synchronization

/// Counts each client's connections and requests.
final class ClientTable: Sendable {
    /// What happens to a request.
    enum Verdict: Hashable {
        case allowed
        case overRate
    }

    private struct Client {
        var connections = 0
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    /// Clients that are remembered one by one.
    private static let capacity = 4_096

    private let limits: MonitoringLimits
    private let clients = Mutex<[ClientKey: Client]>([:])

    init(limits: MonitoringLimits) {
        self.limits = limits
    }

    /// Counts a connection, or refuses it; one that was counted must be given to ``connectionClosed(_:)``.
    func connectionOpened(_ key: ClientKey) -> ClientKey? {
        clients.withLock { clients in
            let key = Self.place(of: key, in: &clients, limits: limits)
            let open = clients[key]?.connections ?? 0
            guard open < limits.connectionsPerClient else { return nil }
            clients[key, default: newClient].connections += 1
            return key
        }
    }

    /// Forgets a connection.
    func connectionClosed(_ key: ClientKey) {
        clients.withLock { $0[key]?.connections -= 1 }
    }

    /// Counts a request.
    func request(from key: ClientKey, at now: ContinuousClock.Instant = .now) -> Verdict {
        clients.withLock { clients in
            let key = Self.place(of: key, in: &clients, limits: limits)
            var client = clients[key] ?? newClient
            client.tokens = min(
                limits.requestBurst,
                client.tokens + (now - client.filledAt) / .seconds(1) * limits.requestsPerSecond
            )
            client.filledAt = now
            let isAllowed = client.tokens >= 1
            if isAllowed { client.tokens -= 1 }
            clients[key] = client
            return isAllowed ? .allowed : .overRate
        }
    }

    private var newClient: Client { Client(tokens: limits.requestBurst, filledAt: .now) }

    /// The client's own place, or the common one if the table is full of clients that matter.
    private static func place(
        of key: ClientKey,
        in clients: inout [ClientKey: Client],
        limits: MonitoringLimits
    ) -> ClientKey {
        guard clients[key] == nil, clients.count >= capacity else { return key }
        let now = ContinuousClock.now
        clients = clients.filter { _, client in
            let refilled = client.tokens + (now - client.filledAt) / .seconds(1) * limits.requestsPerSecond
            return client.connections > 0 || refilled < limits.requestBurst
        }
        return clients.count < capacity ? key : .others
    }
}
