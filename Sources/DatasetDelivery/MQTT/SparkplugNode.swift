import DatasetFormats
import DatasetGen
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A node of Sparkplug B, whose devices are the sensors: the topics of its messages, and what it says besides readings.
struct SparkplugNode: Sendable {
    private let group: String
    private let node: String
    private let encoder: SparkplugEncoder
    private let devices: [String]

    /// - Parameters:
    ///   - path: `GROUP/NODE`.
    ///   - source: the readings.
    /// - Throws: ``DeliveryError`` for other paths, and for sensors whose ids no topic can hold.
    init(_ path: String, _ source: MessageSource) throws(DeliveryError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ MQTTTopic.fault(ofValue: $0) == nil }) else {
            throw DeliveryError(
                .usage,
                "\(path.quoted): with payload=sparkplug, a group and a node stand there, as in mqtt://localhost/plant/line-1"
            )
        }
        (group, node, devices) = (parts[0], parts[1], source.sensors.map(\.id))
        encoder = SparkplugEncoder(
            sensors: source.sensors,
            schema: source.schema,
            includesLabels: source.includesLabels,
            isHistorical: source.isHistorical
        )
        for sensor in source.sensors {
            if let fault = MQTTTopic.fault(ofValue: sensor.id) {
                throw DeliveryError(.unstorable, "sensor \(sensor.id.quoted): its id \(fault)")
            }
        }
    }

    /// What makes payloads of readings.
    var messageEncoder: MessageEncoder { MessageEncoder(encoder) }

    /// A topic of the node itself.
    func topic(_ type: String) -> String { "spBv1.0/\(group)/\(type)/\(node)" }

    /// The topics of the devices, by ``Sensor/index``.
    func topics(_ type: String) -> [String] { devices.map { topic(type) + "/" + $0 } }

    /// The births of a session, but for their stamps: that of the node, and that of each device.
    func births(session: UInt64) -> [(topic: String, payload: [UInt8])] {
        [(topic("NBIRTH"), SparkplugEncoder.session(session) + SparkplugEncoder.rebirth)]
            + topics("DBIRTH").enumerated().map { ($0.element, encoder.deviceBirth(ofSensor: $0.offset)) }
    }

    /// The end of a session, which the broker tells if the node does not.
    func death(session: UInt64) -> (topic: String, payload: [UInt8]) {
        (topic("NDEATH"), SparkplugEncoder.session(session) + SparkplugEncoder.stamp(at: Self.now, nil))
    }

    /// Milliseconds since 1970.
    static var now: UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
    }

    /// The number of a new session: another one than those before, of this process and of one that was killed.
    static func newSession() -> UInt64 { UInt64(sessions.wrappingAdd(1, ordering: .relaxed).oldValue & 0xff) }

    private static let sessions = Atomic(Int64(now / 1_000))
}
