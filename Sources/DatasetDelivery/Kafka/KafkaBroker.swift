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
        let count = try client.messages(of: settings.topic, partitions)
        if count > 0 {
            throw DeliveryError(
                .occupied,
                "\(name): the topic holds \(count) messages; --if-exists append adds to them"
            )
        }
    }

    package func connect() throws(DeliveryError) -> KafkaConnection { try KafkaConnection(settings, keys) }
}
