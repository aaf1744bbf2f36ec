import CNATS
package import DatasetFormats
import DatasetGen
import Synchronization

/// A connection to NATS through its library; one thread at a time uses it.
@safe
package final class NATSConnection: MessageConnection {
    /// What JetStream refuses, told by a thread of the library.
    private final class Refusals: Sendable {
        let first = Mutex<(status: natsStatus, text: String)?>(nil)
    }

    private let handle: OpaquePointer
    /// The way to streams; nil without JetStream.
    private let stream: OpaquePointer?
    private let refusals = Refusals()
    private let streams: NATSStreams
    private let settings: NATSSettings
    private let subjects: ByteTexts
    private let identity: String

    /// Milliseconds in which what was sent is acknowledged.
    private static let patience: Int64 = 30_000
    /// Milliseconds after which somebody who wants to stop is heard.
    private static let step: Int64 = 500

    /// Connects.
    ///
    /// - Throws: ``DeliveryError``, transient if another attempt may succeed.
    init(
        _ settings: NATSSettings,
        _ subjects: ByteTexts,
        identity: String,
        _ streams: NATSStreams
    ) throws(DeliveryError) {
        (self.settings, self.subjects, self.identity, self.streams) = (settings, subjects, identity, streams)
        guard cnats_isAvailable() != 0 else {
            throw DeliveryError(
                .refused,
                "libnats.so.3.4, the client library of NATS, is not there (Debian package libnats3.4)"
            )
        }
        unsafe handle = try Self.connect(settings)
        guard settings.usesJetStream else {
            unsafe stream = nil
            return
        }
        var options = unsafe jsOptions()
        unsafe cnats_jsOptions_Init(&options)
        unsafe options.PublishAsync.MaxPending = 4_000
        unsafe options.PublishAsync.StallWait = Self.patience
        unsafe options.PublishAsync.ErrHandler = { _, error, context in
            guard let error = unsafe error, let context = unsafe context else { return }
            let refusals = unsafe Unmanaged<Refusals>.fromOpaque(context).takeUnretainedValue()
            let (status, text) = unsafe (error.pointee.Err, error.pointee.ErrText.map { unsafe String(cString: $0) })
            refusals.first.withLock { $0 = $0 ?? (status, text ?? "") }
        }
        unsafe options.PublishAsync.ErrHandlerClosure = Unmanaged.passUnretained(refusals).toOpaque()
        var stream: OpaquePointer?
        let status = unsafe cnats_natsConnection_JetStream(&stream, handle, &options)
        guard status == NATS_OK else {
            unsafe self.stream = nil
            throw Self.error(status, settings)
        }
        unsafe self.stream = stream
    }

    deinit {
        // Its threads end before what they call back with.
        if let stream = unsafe stream { unsafe cnats_jsCtx_Destroy(stream) }
        unsafe cnats_natsConnection_Destroy(handle)
    }

    /// A new connection.
    static func connect(_ settings: NATSSettings) throws(DeliveryError) -> OpaquePointer {
        var options: OpaquePointer?
        var status = unsafe cnats_natsOptions_Create(&options)
        defer { unsafe cnats_natsOptions_Destroy(options) }
        func set(_ next: @autoclosure () -> natsStatus) { if status == NATS_OK { status = next() } }
        let servers = ByteTexts(settings.servers)
        unsafe servers.withPointers { server in
            var list = unsafe settings.servers.indices.map { unsafe Optional(server($0)) }
            set(unsafe cnats_natsOptions_SetServers(options, &list, Int32(list.count)))
        }
        set(unsafe cnats_natsOptions_SetName(options, "gen-dataset"))
        set(unsafe cnats_natsOptions_SetTimeout(options, 10_000))
        set(unsafe cnats_natsOptions_SetWriteDeadline(options, patience))
        // The loader knows what is to be sent again; the library would keep it in memory.
        set(unsafe cnats_natsOptions_SetAllowReconnect(options, false))
        let password = Secret.value(of: NATSSettings.password)
        if let user = settings.user {
            set(unsafe cnats_natsOptions_SetUserInfo(options, user, password ?? ""))
        } else if let token = Secret.value(of: NATSSettings.token) {
            set(unsafe cnats_natsOptions_SetToken(options, token))
        }
        if let credentials = settings.credentials {
            set(unsafe cnats_natsOptions_SetUserCredentialsFromFiles(options, credentials, nil))
        }
        if settings.isEncrypted { set(unsafe cnats_natsOptions_SetSecure(options, true)) }
        if let authorities = settings.authorities {
            set(unsafe cnats_natsOptions_LoadCATrustedCertificates(options, authorities))
        }
        var connection: OpaquePointer?
        set(unsafe cnats_natsConnection_Connect(&connection, options))
        guard status == NATS_OK, let connection = unsafe connection else { throw error(status, settings) }
        return unsafe connection
    }

    package func send(
        _ messages: EncodedMessages,
        upTo count: Int,
        unless isCancelled: () -> Bool
    ) throws(DeliveryError) {
        var failure: (status: natsStatus, message: Int)?
        unsafe subjects.withPointers { subject in
            unsafe messages.withPayloads { bytes in
                for message in 0..<count where failure == nil && !messages.isAcknowledged(message) {
                    let range = messages.range(message)
                    let payload = unsafe bytes.baseAddress! + range.lowerBound
                    let name = unsafe subject(Int(messages.sensors[message]))
                    messages.noteSent(message)
                    let status =
                        if let stream = unsafe stream {
                            unsafe publish(payload, Int32(range.count), name, message, messages, stream)
                        } else {
                            unsafe cnats_natsConnection_Publish(handle, name, payload, Int32(range.count))
                        }
                    if status != NATS_OK { failure = (status, message) }
                }
            }
        }
        if let failure { throw fault(failure.status, of: failure.message, messages) }
        try confirm(unless: isCancelled)
        messages.acknowledgeFirst(count)
        if unsafe stream != nil { streams.haveStored.store(true, ordering: .relaxed) }
    }

    /// Publishes a message under a mark of its own, by which a stream knows one that is sent again.
    private func publish(
        _ payload: UnsafeRawPointer,
        _ count: Int32,
        _ subject: UnsafePointer<CChar>,
        _ message: Int,
        _ messages: EncodedMessages,
        _ stream: OpaquePointer
    ) -> natsStatus {
        unsafe NATSMark.text(identity, messages, message)
            .withCString { mark in
                var options = unsafe jsPubOptions()
                unsafe cnats_jsPubOptions_Init(&options)
                unsafe options.MsgId = mark
                return unsafe cnats_js_PublishAsync(stream, subject, payload, count, &options)
            }
    }

    /// Waits until everything is acknowledged: by the streams, or by the answer to a PING, before which the server takes all
    /// that was sent before.
    private func confirm(unless isCancelled: () -> Bool) throws(DeliveryError) {
        var waited: Int64 = 0
        if let stream = unsafe stream {
            var options = unsafe jsPubOptions()
            unsafe cnats_jsPubOptions_Init(&options)
            unsafe options.MaxWait = Self.step
            var status = NATS_TIMEOUT
            while status == NATS_TIMEOUT, waited < Self.patience, !isCancelled() {
                status = unsafe cnats_js_PublishAsyncComplete(stream, &options)
                waited += Self.step
            }
            if let refusal = refusals.first.withLock({ $0 }) { throw refused(refusal.status, refusal.text) }
            guard status == NATS_OK else { throw Self.error(status, settings) }
        } else {
            var status = NATS_TIMEOUT
            while status == NATS_TIMEOUT, waited < Self.patience, !isCancelled() {
                status = unsafe cnats_natsConnection_FlushTimeout(handle, Self.step)
                waited += Self.step
            }
            var text: UnsafePointer<CChar>?
            let last = unsafe cnats_natsConnection_GetLastError(handle, &text)
            if last == NATS_NOT_PERMITTED {
                let reason = unsafe text.map { unsafe String(cString: $0) } ?? "not permitted"
                throw DeliveryError(.refused, "\(settings.name): \(reason.onOneLine)")
            }
            guard status == NATS_OK else { throw Self.error(status, settings) }
        }
    }

    private func refused(_ status: natsStatus, _ text: String) -> DeliveryError {
        switch status {
        case NATS_NO_RESPONDERS:
            DeliveryError(
                streams.haveStored.load(ordering: .relaxed) ? .transient : .refused,
                "\(settings.name): no stream of JetStream stores these subjects; add one, as by nats stream add"
            )
        case NATS_TIMEOUT, NATS_CONNECTION_CLOSED: Self.error(status, settings)
        default:
            DeliveryError(
                .refused,
                "\(settings.name): the stream refuses a message: \(text.isEmpty ? Self.text(status) : text.onOneLine)"
            )
        }
    }

    private func fault(_ status: natsStatus, of message: Int, _ messages: EncodedMessages) -> DeliveryError {
        guard status == NATS_MAX_PAYLOAD else { return Self.error(status, settings) }
        let subject = subjects[Int(messages.sensors[message])].quoted
        return DeliveryError(
            .unstorable,
            "\(settings.name): a message to \(subject) of \(messages.range(message).count) bytes is larger than the server takes"
        )
    }

    /// What a status of the library means.
    static func error(_ status: natsStatus, _ settings: NATSSettings) -> DeliveryError {
        let lasting: [natsStatus] = [
            NATS_SECURE_CONNECTION_REQUIRED, NATS_SECURE_CONNECTION_WANTED, NATS_SSL_ERROR, NATS_INVALID_ARG,
            NATS_FAILED_TO_INITIALIZE, NATS_NO_SERVER_SUPPORT, NATS_NOT_FOUND,
        ]
        if status == NATS_CONNECTION_AUTH_FAILED {
            return DeliveryError(
                .refused,
                "\(settings.name): \(text(status)); the user is in the URL, the password in \(NATSSettings.password), or a "
                    + "token in \(NATSSettings.token)"
            )
        }
        return DeliveryError(lasting.contains(status) ? .refused : .transient, "\(settings.name): \(text(status))")
    }

    private static func text(_ status: natsStatus) -> String {
        unsafe String(cString: cnats_natsStatus_GetText(status))
    }
}
