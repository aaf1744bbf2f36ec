import CKafka
import DatasetGen
import Synchronization

/// A producer or a consumer of librdkafka, which connects by itself, to whichever brokers it needs.
@safe
final class KafkaClient {
    let handle: OpaquePointer
    let events = Events()
    private let settings: KafkaSettings

    /// What the library has called back with: reports on the thread that polls, errors on any.
    final class Events: Sendable {
        private struct Shared {
            var reason: String?
            var isUnauthorised = false
        }

        private let shared = Mutex(Shared())
        /// Told of a message, its error and whether it may be there all the same; set while messages are sent.
        nonisolated(unsafe) var report: ((Int, rd_kafka_resp_err_t, Bool) -> Void)?

        func note(_ code: rd_kafka_resp_err_t, _ reason: String) {
            shared.withLock { shared in
                shared.reason = reason
                if code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED {
                    shared.isUnauthorised = true
                }
            }
        }

        /// What the library has complained of last.
        var reason: String? { shared.withLock { $0.reason } }
        /// Whether a broker has refused the user.
        var isUnauthorised: Bool { shared.withLock { $0.isUnauthorised } }
    }

    /// - Parameters:
    ///   - settings: where the cluster is.
    ///   - readsBack: whether it reads, and does not write.
    /// - Throws: ``DeliveryError`` where the library is missing, or does not know a setting.
    init(_ settings: KafkaSettings, readsBack: Bool = false) throws(DeliveryError) {
        self.settings = settings
        guard ckafka_isAvailable() != 0 else {
            throw DeliveryError(
                .refused,
                "librdkafka.so.1, the client library of Kafka, is not there (Debian package librdkafka1)"
            )
        }
        let configuration = unsafe ckafka_conf_new()
        var room = [CChar](repeating: 0, count: 512)
        var properties = settings.properties
        if let password = Secret.value(of: KafkaSettings.password) {
            properties.append(("sasl.password", password))
        }
        if readsBack { properties += Self.reading }
        for (name, value) in properties {
            let result = unsafe ckafka_conf_set(configuration, name, value, &room, room.count)
            guard result == RD_KAFKA_CONF_OK else {
                unsafe ckafka_conf_destroy(configuration)
                throw DeliveryError(.usage, "\(settings.name): \(Self.text(room))")
            }
        }
        unsafe ckafka_conf_set_opaque(configuration, Unmanaged.passUnretained(events).toOpaque())
        unsafe ckafka_conf_set_log_cb(configuration, nil)
        unsafe ckafka_conf_set_error_cb(configuration) { _, code, reason, context in
            guard let context = unsafe context, let reason = unsafe reason else { return }
            let events = unsafe Unmanaged<Events>.fromOpaque(context).takeUnretainedValue()
            unsafe events.note(rd_kafka_resp_err_t(code), String(cString: reason))
        }
        unsafe ckafka_conf_set_dr_msg_cb(configuration) { _, message, context in
            guard let context = unsafe context, let message = unsafe message else { return }
            let events = unsafe Unmanaged<Events>.fromOpaque(context).takeUnretainedValue()
            let index = unsafe Int(bitPattern: message.pointee._private) - 1
            let mayBeThere = unsafe ckafka_message_status(message) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED
            unsafe events.report?(index, message.pointee.err, mayBeThere)
        }
        let kind = readsBack ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
        guard let client = unsafe ckafka_new(kind, configuration, &room, room.count) else {
            unsafe ckafka_conf_destroy(configuration)
            throw DeliveryError(.usage, "\(settings.name): \(Self.text(room))")
        }
        unsafe handle = client
    }

    deinit {
        giveUp()
        unsafe ckafka_destroy(handle)
    }

    /// Has the library report on everything that is still on its way at once: it waits no longer.
    func giveUp() { unsafe ckafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT) }

    /// The numbers of a topic's partitions; nil where there is no such topic.
    func partitions(of topic: String) throws(DeliveryError) -> [Int32]? {
        var answer: UnsafePointer<rd_kafka_metadata>?
        // Asking for one topic would have it created.
        let code = unsafe ckafka_metadata(handle, 1, nil, &answer, Self.patience)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer = unsafe answer else { throw error(code) }
        defer { unsafe ckafka_metadata_destroy(answer) }
        for index in unsafe 0..<Int(answer.pointee.topic_cnt) {
            let found = unsafe answer.pointee.topics[index]
            guard unsafe String(cString: found.topic) == topic else { continue }
            guard unsafe found.err == RD_KAFKA_RESP_ERR_NO_ERROR else { throw unsafe error(found.err) }
            return unsafe (0..<Int(found.partition_cnt)).map { unsafe found.partitions[$0].id }
        }
        return nil
    }

    /// The offset of a partition's first message, and the one that the next message gets.
    func offsets(of topic: String, _ partition: Int32) throws(DeliveryError) -> (low: Int64, high: Int64) {
        var (low, high): (Int64, Int64) = (0, 0)
        let code = unsafe ckafka_query_watermark_offsets(handle, topic, partition, &low, &high, Self.patience)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw error(code) }
        return (low, high)
    }

    /// What a consumer is set to: it reads a topic as it is, and leaves no trace.
    private static let reading = [
        ("group.id", "gen-dataset"), ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
        ("auto.offset.reset", "error"), ("enable.partition.eof", "true"), ("isolation.level", "read_uncommitted"),
        // A few megabytes on their way are enough.
        ("queued.max.messages.kbytes", "16384"), ("fetch.wait.max.ms", "100"),
    ]

    /// Milliseconds in which a question is answered.
    private static let patience: Int32 = 15_000

    /// What a code of the library means.
    func error(_ code: rd_kafka_resp_err_t) -> DeliveryError {
        let text = unsafe String(cString: ckafka_err2str(code))
        if events.isUnauthorised {
            let reason = events.reason ?? text
            return DeliveryError(
                .refused,
                "\(settings.name): \(reason.onOneLine); the user is in the URL, the password in \(KafkaSettings.password)"
            )
        }
        let isLasting = Self.lasting.contains(code.rawValue)
        let reason = isLasting ? nil : events.reason
        return DeliveryError(
            isLasting ? .refused : .transient,
            "\(settings.name): \(text)\(reason.map { " (\($0.onOneLine))" } ?? "")"
        )
    }

    /// What another attempt does not help against.
    private static let lasting: Set<Int32> = Set(
        [
            RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
            RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR_INVALID_RECORD,
            RD_KAFKA_RESP_ERR_POLICY_VIOLATION, RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR__INVALID_ARG,
        ]
        .map(\.rawValue)
    )

    private static func text(_ room: [CChar]) -> String {
        String(decoding: room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
