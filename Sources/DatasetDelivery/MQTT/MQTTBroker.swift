package import DatasetFormats
import DatasetGen

/// A broker of MQTT.
package struct MQTTBroker: MessageBroker {
    private let settings: MQTTSettings
    /// The topic of each sensor, by ``Sensor/index``.
    private let topics: ByteTexts
    /// Nil where messages are lines of JSON.
    private let node: SparkplugNode?

    package init(url: String, _ source: MessageSource) throws(DeliveryError) {
        settings = try MQTTSettings(url)
        if settings.isSparkplug {
            let node = try SparkplugNode(settings.template, source)
            self.node = node
            topics = ByteTexts(node.topics("DDATA"))
            return
        }
        node = nil
        let template = try AddressTemplate(settings.template)
        for text in template.texts where !text.isEmpty {
            if let fault = MQTTTopic.fault(of: text) {
                throw DeliveryError(.usage, "the topic \(settings.template.quoted) \(fault)")
            }
        }
        let addresses = try template.addresses(of: source.sensors, fault: MQTTTopic.fault(ofValue:))
        if let index = addresses.firstIndex(where: { $0.utf8.count > MQTTTopic.longest }) {
            throw DeliveryError(
                .unstorable,
                "sensor \(source.sensors[index].id.quoted): its topic is longer than \(MQTTTopic.longest) bytes"
            )
        }
        topics = ByteTexts(addresses)
    }

    package var messageEncoder: MessageEncoder? { node?.messageEncoder }
    package var name: String { settings.name }
    package static var keepsMessages: Bool { false }

    package func check(mayAppend: Bool, mayCreate: Bool) throws(DeliveryError) {
        // Nobody is born of a look.
        _ = try MQTTConnection(settings, topics, nil)
    }

    package func connect() throws(DeliveryError) -> MQTTConnection { try MQTTConnection(settings, topics, node) }
}
