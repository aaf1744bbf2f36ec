import DatasetGen

/// Where a cluster of Kafka is and how messages are sent: `kafka://user@host:9092,host:9092/topic?compression.type=zstd`.
struct KafkaSettings: Sendable {
    let name: String
    let topic: String
    /// Settings of librdkafka, by its names.
    let properties: [(name: String, value: String)]

    static let example = "kafka://localhost:9092/readings"
    static let password = "KAFKA_PASSWORD"

    /// - Throws: ``DeliveryError`` for a URL that is none of a cluster.
    init(_ text: String) throws(DeliveryError) {
        let url = try BrokerURL(text, port: 9092, example: Self.example, password: Self.password)
        topic = url.path
        name = url.name
        let isTopic = topic.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
        }
        guard isTopic, 1...249 ~= topic.utf8.count, topic != ".", topic != ".." else {
            throw DeliveryError(
                .usage,
                "\(topic.quoted) is no topic of Kafka: up to 249 letters, digits, dots, hyphens and underscores, as in "
                    + Self.example
            )
        }
        for parameter in url.parameters {
            if let reason = Self.reserved[parameter.name] {
                throw DeliveryError(.usage, "\(parameter.name) does not belong in the URL: \(reason)")
            }
            if parameter.name.contains("password") || parameter.name.contains("secret") {
                throw DeliveryError(.usage, "\(parameter.name) does not belong in a URL, which others see")
            }
        }
        var properties: [(name: String, value: String)] = [
            ("bootstrap.servers", url.hosts.map(\.text).joined(separator: ",")), ("client.id", "gen-dataset"),
            // A message is written once however often it is sent over a connection, and by all replicas that are in sync.
            ("enable.idempotence", "true"),
            // As Kafka's own client finds the partition of a key.
            ("partitioner", "murmur2_random"),
            ("queue.buffering.max.messages", "100000"), ("queue.buffering.max.kbytes", "65536"),
            ("message.timeout.ms", "30000"),
        ]
        if let user = url.user { properties.append(("sasl.username", user)) }
        properties += url.parameters
        self.properties = properties
    }

    /// What is set here.
    private static let reserved = [
        "bootstrap.servers": "hosts stand before the topic", "metadata.broker.list": "hosts stand before the topic",
        "sasl.username": "the user stands before the host", "sasl.password": "it is in \(password)",
        "enable.idempotence": "it is always on", "acks": "it is always all",
        "request.required.acks": "it is always all",
    ]
}
