import DatasetGen

/// A topic of a cluster of Kafka: a message's key is its sensor's id, so that a sensor's readings stay in their order.
package struct KafkaBroker: MessageBroker {
    private let settings: KafkaSettings
    /// The key of each sensor, by ``Sensor/index``.
    private let keys: ByteTexts

    package init(url: String, _ source: MessageSource) throws(DeliveryError) {
        settings = try KafkaSettings(url)
        keys = ByteTexts(source.sensors.map(\.id))
    }

    package var name: String { settings.name }
    package static var keepsMessages: Bool { true }

    package func check(mayAppend: Bool, mayCreate: Bool) throws(DeliveryError) {
        let client = try KafkaClient(settings)
        guard let partitions = try client.partitions(of: settings.topic) else {
            if mayCreate { return }
            throw DeliveryError(.occupied, "\(name): there is no topic \(settings.topic.quoted)")
        }
        if mayAppend { return }
        var count: Int64 = 0
        for partition in partitions {
            let (low, high) = try client.offsets(of: settings.topic, partition)
            count += high - low
        }
        if count > 0 {
            throw DeliveryError(
                .occupied,
                "\(name): the topic holds \(count) messages; --if-exists append adds to them"
            )
        }
    }

    package var canBeRead: Bool { true }

    /// The number of each partition, and behind it the offset that its next message gets.
    package func marks() throws(DeliveryError) -> [Int64] {
        let client = try KafkaClient(settings)
        var marks: [Int64] = []
        for partition in try client.partitions(of: settings.topic) ?? [] {
            marks += [Int64(partition), try client.offsets(of: settings.topic, partition).high]
        }
        return marks
    }

    package func read(
        from marks: [Int64],
        _ body: (_ key: [UInt8], _ payload: Span<UInt8>) -> Void
    ) throws(DeliveryError) {
        try KafkaTopicReader(settings).read(from: marks, body)
    }

    package func connect() throws(DeliveryError) -> KafkaConnection { try KafkaConnection(settings, keys) }
}
