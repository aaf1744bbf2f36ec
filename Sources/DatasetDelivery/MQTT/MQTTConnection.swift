import CMosquitto
package import DatasetFormats
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A connection to a broker of MQTT through libmosquitto; one thread at a time uses it.
@safe
package final class MQTTConnection: MessageConnection {
    private let handle: OpaquePointer
    private let events = MQTTEvents()
    private let settings: MQTTSettings
    private let topics: ByteTexts
    /// Nil where messages are lines of JSON.
    private let node: SparkplugNode?
    private let session: UInt64
    /// The number of the node's next message.
    private var sequence: UInt8 = 0
    private var stamped: [UInt8] = []

    /// Messages that are on their way at once: enough to hide the way, and little to send again.
    private static let window = 1_000
    /// How long a broker may say nothing while it is to acknowledge something.
    private static let patience = Duration.seconds(30)

    /// Connects.
    ///
    /// - Throws: ``DeliveryError``, transient if another attempt may succeed.
    init(_ settings: MQTTSettings, _ topics: ByteTexts, _ node: SparkplugNode?) throws(DeliveryError) {
        (self.settings, self.topics, self.node) = (settings, topics, node)
        session = node == nil ? 0 : SparkplugNode.newSession()
        guard cmosq_isAvailable() != 0, Self.isReady else {
            throw DeliveryError(
                .refused,
                "libmosquitto.so.1, the client library of MQTT, is not there (Debian package libmosquitto1)"
            )
        }
        let context = unsafe Unmanaged.passUnretained(events).toOpaque()
        guard let client = unsafe cmosq_new(settings.clientID, true, context) else {
            throw DeliveryError(.refused, "no client of MQTT: \(unsafe String(cString: strerror(errno)))")
        }
        unsafe handle = client
        setCallbacks()
        try prepare()
        try open()
        try beginSession()
    }

    deinit {
        // A node that goes away on purpose says so; else the broker says it.
        if let death = node?.death(session: session) { _ = publish(death.topic, death.payload) }
        unsafe cmosq_disconnect(handle)
        unsafe cmosq_destroy(handle)
    }

    /// Made ready once, for all threads.
    private static let isReady = cmosq_lib_init() == MOSQ_ERR_SUCCESS.code

    private func setCallbacks() {
        unsafe cmosq_connect_callback_set(handle) { _, context, code in
            unsafe MQTTConnection.events(context).connected = code
        }
        unsafe cmosq_disconnect_callback_set(handle) { _, context, code in
            unsafe MQTTConnection.events(context).closed = code
        }
        unsafe cmosq_publish_v5_callback_set(handle) { _, context, number, code, _ in
            unsafe MQTTConnection.events(context).finish(number, code: code)
        }
        unsafe cmosq_unsubscribe_callback_set(handle) { _, context, _ in
            unsafe MQTTConnection.events(context).isConfirmed = true
        }
    }

    private static func events(_ context: UnsafeMutableRawPointer?) -> MQTTEvents {
        unsafe Unmanaged<MQTTEvents>.fromOpaque(context!).takeUnretainedValue()
    }

    private func prepare() throws(DeliveryError) {
        unsafe cmosq_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, settings.version)
        unsafe cmosq_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
        unsafe cmosq_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, Int32(Self.window))
        if let user = settings.user {
            unsafe cmosq_username_pw_set(handle, user, Secret.value(of: MQTTSettings.password))
        }
        if let death = node?.death(session: session) {
            unsafe cmosq_will_set(handle, death.topic, Int32(death.payload.count), death.payload, 1, false)
        }
        guard let encryption = settings.encryption else { return }
        if encryption.authorities == nil { unsafe cmosq_int_option(handle, MOSQ_OPT_TLS_USE_OS_CERTS, 1) }
        let code = unsafe cmosq_tls_set(
            handle,
            encryption.authorities,
            encryption.authorities == nil ? "/etc/ssl/certs" : nil,
            encryption.certificate,
            encryption.key,
            nil
        )
        guard code == MOSQ_ERR_SUCCESS.code else {
            throw DeliveryError(.usage, "\(settings.name): its certificates cannot be used: \(Self.text(code))")
        }
    }

    private func open() throws(DeliveryError) {
        let code = unsafe cmosq_connect(handle, settings.host.name, Int32(settings.host.port), 60)
        guard code == MOSQ_ERR_SUCCESS.code else { throw lost(code) }
        let deadline = ContinuousClock.now + .seconds(15)
        while events.connected == nil, ContinuousClock.now < deadline {
            let code = unsafe cmosq_loop(handle, 100, 1)
            if code != MOSQ_ERR_SUCCESS.code, events.connected == nil { throw lost(code) }
        }
        guard let answer = events.connected else {
            throw DeliveryError(.transient, "\(settings.name): no answer of a broker of MQTT within 15 s")
        }
        if answer != 0 { throw refusal(answer) }
    }

    /// Tells who the node and its devices are, and listens to who asks for that again.
    private func beginSession() throws(DeliveryError) {
        guard let node else { return }
        unsafe cmosq_message_callback_set(handle) { _, context, message in
            guard let message = unsafe message?.pointee, let bytes = unsafe message.payload else { return }
            let payload = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(message.payloadlen))
            guard SparkplugEncoder.asksForRebirth(unsafe Array(payload)) else { return }
            unsafe MQTTConnection.events(context).isRebirthAsked = true
        }
        let code = unsafe cmosq_subscribe(handle, nil, node.topic("NCMD"), 1)
        guard code == MOSQ_ERR_SUCCESS.code else { throw lost(code) }
        try tellBirths()
    }

    private func tellBirths() throws(DeliveryError) {
        guard let node else { return }
        events.isRebirthAsked = false
        sequence = 0
        for birth in node.births(session: session) {
            let code = publish(birth.topic, birth.payload + stamp())
            guard code == MOSQ_ERR_SUCCESS.code else { throw lost(code) }
        }
    }

    /// The time and the next number of the node's sequence.
    private func stamp() -> [UInt8] {
        defer { sequence &+= 1 }
        return SparkplugEncoder.stamp(at: SparkplugNode.now, sequence)
    }

    /// Sends a message that is no reading.
    private func publish(_ topic: String, _ payload: [UInt8]) -> Int32 {
        events.outstanding += 1
        return unsafe cmosq_publish(handle, nil, topic, Int32(payload.count), payload, 0, false)
    }

    package func send(
        _ messages: EncodedMessages,
        upTo count: Int,
        unless isCancelled: () -> Bool
    ) throws(DeliveryError) {
        var lastProgress = ContinuousClock.now
        try unsafe topics.withPointers { (topic) throws(DeliveryError) in
            try unsafe messages.withPayloads { (bytes) throws(DeliveryError) in
                for message in 0..<count where !messages.isAcknowledged(message) {
                    var number: Int32 = 0
                    let range = messages.range(message)
                    let payload = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
                    if node != nil {
                        if events.isRebirthAsked { try tellBirths() }
                        stamped.removeAll(keepingCapacity: true)
                        unsafe stamped.append(contentsOf: payload)
                        stamped += stamp()
                    }
                    // At QoS 0, the library says at once that a message is written.
                    events.outstanding += 1
                    let name = unsafe topic(Int(messages.sensors[message]))
                    let code =
                        unsafe node == nil
                        ? unsafe publish(payload.baseAddress, payload.count, name, &number)
                        : stamped.withUnsafeBytes { unsafe publish($0.baseAddress, $0.count, name, &number) }
                    guard code == MOSQ_ERR_SUCCESS.code else { throw fault(code, of: message, messages) }
                    messages.noteSent(message)
                    if settings.qos > 0 { events.note(number, of: message) }
                    while events.outstanding >= Self.window { try turn(messages, &lastProgress, isCancelled) }
                }
            }
        }
        while events.outstanding > 0 { try turn(messages, &lastProgress, isCancelled) }
        if settings.qos == 0 { try confirm(messages, upTo: count, &lastProgress, isCancelled) }
    }

    package func keepAlive() throws(DeliveryError) {
        let code = unsafe cmosq_loop(handle, 0, 1)
        guard code == MOSQ_ERR_SUCCESS.code else { throw lost(code) }
        if events.isRebirthAsked { try tellBirths() }
    }

    private func publish(
        _ payload: UnsafeRawPointer?,
        _ count: Int,
        _ topic: UnsafePointer<CChar>,
        _ number: inout Int32
    ) -> Int32 {
        unsafe cmosq_publish(handle, &number, topic, Int32(count), payload, settings.qos, settings.isRetained)
    }

    /// Asks for an answer behind the last message.
    ///
    /// A broker takes what comes over a connection one after the other, so that it has all messages when it answers. Nothing is
    /// subscribed to, and nothing changes.
    private func confirm(
        _ messages: EncodedMessages,
        upTo count: Int,
        _ lastProgress: inout ContinuousClock.Instant,
        _ isCancelled: () -> Bool
    ) throws(DeliveryError) {
        events.isConfirmed = false
        let code = unsafe cmosq_unsubscribe(handle, nil, "gen-dataset")
        guard code == MOSQ_ERR_SUCCESS.code else { throw lost(code) }
        while !events.isConfirmed { try turn(messages, &lastProgress, isCancelled) }
        messages.acknowledgeFirst(count)
    }

    /// Reads and writes what there is, and waits for it for a while.
    private func turn(
        _ messages: EncodedMessages,
        _ lastProgress: inout ContinuousClock.Instant,
        _ isCancelled: () -> Bool
    ) throws(DeliveryError) {
        if isCancelled() { throw .interrupted }
        let code = unsafe cmosq_loop(handle, 100, 1)
        if settings.qos > 0 { events.takeAcknowledged(messages.acknowledge) }
        if let refused = events.refused {
            let reason = unsafe String(cString: cmosq_reason_string(refused.code))
            // Quota exceeded.
            let kind: DeliveryError.Kind = refused.code == 0x97 ? .transient : .refused
            let topic = topics[Int(messages.sensors[Int(refused.message)])]
            throw DeliveryError(kind, "\(settings.name) refuses messages to \(topic.quoted): \(reason)")
        }
        guard code == MOSQ_ERR_SUCCESS.code else { throw lost(code) }
        let now = ContinuousClock.now
        if events.hasProgress {
            events.hasProgress = false
            lastProgress = now
        } else if now - lastProgress > Self.patience {
            throw DeliveryError(.transient, "\(settings.name): nothing was acknowledged for \(Self.patience)")
        }
    }

    private func fault(_ code: Int32, of message: Int, _ messages: EncodedMessages) -> DeliveryError {
        switch code {
        case MOSQ_ERR_OVERSIZE_PACKET.code, MOSQ_ERR_PAYLOAD_SIZE.code:
            DeliveryError(
                .unstorable,
                "\(settings.name): a message to \(topics[Int(messages.sensors[message])].quoted) of "
                    + "\(messages.range(message).count) bytes is larger than the broker takes"
            )
        case MOSQ_ERR_QOS_NOT_SUPPORTED.code, MOSQ_ERR_RETAIN_NOT_SUPPORTED.code:
            DeliveryError(.refused, "\(settings.name): \(Self.text(code))")
        default: lost(code)
        }
    }

    private func lost(_ code: Int32) -> DeliveryError {
        let system = code == MOSQ_ERR_ERRNO.code ? unsafe String(cString: strerror(errno)) : nil
        // What TLS refuses it refuses again.
        let lasting = [
            MOSQ_ERR_TLS.code, MOSQ_ERR_TLS_HANDSHAKE.code, MOSQ_ERR_INVAL.code, MOSQ_ERR_NOT_SUPPORTED.code,
        ]
        let isLasting = lasting.contains(code)
        return DeliveryError(isLasting ? .refused : .transient, "\(settings.name): \(system ?? Self.text(code))")
    }

    /// What an answer to CONNECT means.
    private func refusal(_ code: Int32) -> DeliveryError {
        // 1 and 0x84: the version; 4, 5, 0x86, 0x87: who it is; 3, 0x88, 0x89, 0x97, 0x9f: later perhaps.
        let text = unsafe String(
            cString: settings.version == 5 ? cmosq_reason_string(code) : cmosq_connack_string(code)
        )
        return switch code {
        case 1, 0x84:
            DeliveryError(.refused, "\(settings.name): \(text); version=3.1.1 in the URL is for older brokers")
        case 4, 5, 0x86, 0x87:
            DeliveryError(
                .refused,
                "\(settings.name): \(text); the user is in the URL, the password in \(MQTTSettings.password)"
            )
        case 3, 0x88, 0x89, 0x97, 0x9f: DeliveryError(.transient, "\(settings.name): \(text)")
        default: DeliveryError(.refused, "\(settings.name): \(text)")
        }
    }

    private static func text(_ code: Int32) -> String { unsafe String(cString: cmosq_strerror(code)) }
}

extension mosq_err_t {
    /// As the functions of the library return it.
    fileprivate var code: Int32 { rawValue }
}
