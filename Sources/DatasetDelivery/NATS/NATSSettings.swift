import DatasetGen

/// Where NATS is and how messages are sent: `nats://user@host:4222/subject.{sensor_id}?jetstream=on`.
struct NATSSettings: Sendable {
    let name: String
    let servers: [String]
    let user: String?
    let template: String
    /// The subjects of all sensors, as subscribers name them.
    var subscription: String {
        template.split(separator: ".", omittingEmptySubsequences: false)
            .map { $0.contains("{") ? "*" : String($0) }
            .joined(separator: ".")
    }
    /// Whether each message is acknowledged by the stream that stores it.
    let usesJetStream: Bool
    /// Nil for a connection without TLS.
    let isEncrypted: Bool
    /// The file with the authorities' certificates.
    let authorities: String?
    /// The file with a user's JWT and seed.
    let credentials: String?

    static let example = "nats://localhost:4222/sensors.{sensor_id}"
    static let password = "NATS_PASSWORD"
    static let token = "NATS_TOKEN"

    /// - Throws: ``DeliveryError`` for a URL that is none of NATS.
    init(_ text: String) throws(DeliveryError) {
        let url = try BrokerURL(text, port: 4222, example: Self.example, password: Self.password)
        try url.check(parameters: ["jetstream", "tls", "ca", "credentials"])
        servers = url.hosts.map { "nats://\($0.text)" }
        user = url.user
        template = url.path.isEmpty ? "sensors.{sensor_id}" : url.path
        usesJetStream = try url.word("jetstream", of: ["off", "on"]) == "on"
        isEncrypted = try url.word("tls", of: ["off", "on"]) == "on"
        (authorities, credentials) = (url.value("ca"), url.value("credentials"))
        if authorities != nil, !isEncrypted { throw DeliveryError(.usage, "\(url.name): ca goes with tls=on") }
        name = "\(url.scheme)://\(url.hosts.map(\.text).joined(separator: ","))/\(template)"
    }
}
