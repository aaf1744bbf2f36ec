import DatasetGen

/// Where an MQTT broker is and how messages are sent: `mqtt://user@host:1883/topic/{sensor_id}?qos=1`.
struct MQTTSettings: Sendable {
    let host: BrokerURL.Host
    let name: String
    let user: String?
    let template: String
    /// 0: the broker acknowledges each batch; 1: each message; 2: each message, once for its subscribers.
    let qos: Int32
    let isRetained: Bool
    /// Whether messages are those of Sparkplug B, whose node is what the template names.
    let isSparkplug: Bool
    /// 5, or 4 for 3.1.1.
    let version: Int32
    let clientID: String?
    /// Nil for a connection without TLS.
    let encryption: Encryption?

    /// Files of certificates; those of the system where none is named.
    struct Encryption: Sendable {
        let authorities: String?
        let certificate: String?
        let key: String?
    }

    static let example = "mqtt://localhost:1883/sensors/{sensor_id}"
    static let password = "MQTT_PASSWORD"

    /// - Throws: ``DeliveryError`` for a URL that is none of a broker.
    init(_ text: String) throws(DeliveryError) {
        let isEncrypted = text.lowercased().hasPrefix("mqtts:")
        let url = try BrokerURL(
            text,
            port: isEncrypted ? 8883 : 1883,
            example: Self.example,
            password: Self.password
        )
        guard url.hosts.count == 1 else { throw DeliveryError(.usage, "\(url.name): MQTT has one host") }
        let ofEncryption = ["ca", "cert", "key"]
        try url.check(parameters: ["qos", "retain", "version", "client_id", "payload"] + ofEncryption)
        if !isEncrypted, let name = ofEncryption.first(where: { url.value($0) != nil }) {
            throw DeliveryError(.usage, "\(url.name): \(name) is for mqtts://")
        }
        guard (url.value("cert") == nil) == (url.value("key") == nil) else {
            throw DeliveryError(.usage, "\(url.name): cert and key belong together")
        }
        (host, user) = (url.hosts[0], url.user)
        template = url.path.isEmpty ? "sensors/{sensor_id}" : url.path
        isSparkplug = try url.word("payload", of: ["json", "sparkplug"]) == "sparkplug"
        if isSparkplug, let name = ["qos", "retain"].first(where: { url.value($0) != nil }) {
            throw DeliveryError(.usage, "\(url.name): \(name) is fixed by Sparkplug B: QoS 0, not retained")
        }
        let level = try url.word("qos", of: ["1", "0", "2"])
        qos = isSparkplug || level == "0" ? 0 : level == "1" ? 1 : 2
        isRetained = try url.word("retain", of: ["false", "true"]) == "true"
        version = try url.word("version", of: ["5", "3.1.1"]) == "5" ? 5 : 4
        clientID = url.value("client_id")
        encryption =
            isEncrypted
            ? Encryption(authorities: url.value("ca"), certificate: url.value("cert"), key: url.value("key")) : nil
        name = "\(url.scheme)://\(host.text)/\(template)"
    }
}
