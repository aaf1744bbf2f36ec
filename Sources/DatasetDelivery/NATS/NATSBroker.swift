import DatasetGen
import Synchronization

/// A server of NATS, or a stream of JetStream there.
package struct NATSBroker: MessageBroker {
    private let settings: NATSSettings
    /// The subject of each sensor, by ``Sensor/index``.
    private let subjects: ByteTexts
    private let identity: String
    private let sensors: [String]
    private let streams = NATSStreams()

    package init(url: String, _ source: MessageSource) throws(DeliveryError) {
        settings = try NATSSettings(url)
        let template = try AddressTemplate(settings.template)
        for text in template.texts {
            if let fault = NATSSubject.fault(ofText: text) {
                throw DeliveryError(.usage, "the subject \(settings.template.quoted) \(fault)")
            }
        }
        let addresses = try template.addresses(of: source.sensors, fault: NATSSubject.fault(ofValue:))
        for (sensor, subject) in zip(source.sensors, addresses) {
            if let fault = NATSSubject.fault(of: subject) {
                throw DeliveryError(.unstorable, "sensor \(sensor.id.quoted): its subject \(subject.quoted) \(fault)")
            }
        }
        subjects = ByteTexts(addresses)
        (identity, sensors) = (source.identity, source.sensors.map(\.id))
    }

    package var name: String { settings.name }
    package static var keepsMessages: Bool { false }
    package var canBeRead: Bool { settings.usesJetStream }

    package func check(mayAppend: Bool, mayCreate: Bool) throws(DeliveryError) { _ = try connect() }

    package func read(
        from marks: [Int64],
        _ body: (_ key: [UInt8], _ payload: Span<UInt8>) -> Void
    ) throws(DeliveryError) {
        try NATSStreamReader(settings, identity: identity, sensors: sensors).read(body)
    }

    package func connect() throws(DeliveryError) -> NATSConnection {
        try NATSConnection(settings, subjects, identity: identity, streams)
    }
}

/// What is known of the streams that store messages.
final class NATSStreams: Sendable {
    /// Whether they have stored any: a server that starts again answers before it has its streams.
    let haveStored = Atomic(false)
}
