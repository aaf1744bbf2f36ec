import CNATS
import DatasetGen

/// Reads back, from the streams of JetStream that store a load's subjects, the messages that bear the marks of this load.
@safe
final class NATSStreamReader {
    private let settings: NATSSettings
    private let connection: OpaquePointer
    private let context: OpaquePointer
    /// What the marks of the load's messages begin with.
    private let mark: [UInt8]
    private let sensors: [[UInt8]]

    /// Seconds after which no message comes any more.
    private static let patience = 60

    /// Connects.
    ///
    /// - Parameters:
    ///   - settings: where the streams are.
    ///   - identity: that of the load.
    ///   - sensors: the ids of the sensors, by ``Sensor/index``.
    /// - Throws: ``DeliveryError``.
    init(_ settings: NATSSettings, identity: String, sensors: [String]) throws(DeliveryError) {
        (self.settings, mark) = (settings, NATSMark.prefix(identity))
        self.sensors = sensors.map { Array($0.utf8) }
        unsafe connection = try NATSConnection.connect(settings)
        var context: OpaquePointer?
        var status = unsafe cnats_natsConnection_JetStream(&context, connection, nil)
        if status == NATS_OK, unsafe context == nil { status = NATS_ERR }
        guard status == NATS_OK, let context = unsafe context else {
            unsafe cnats_natsConnection_Destroy(connection)
            throw NATSConnection.error(status, settings)
        }
        unsafe self.context = context
    }

    deinit {
        unsafe cnats_jsCtx_Destroy(context)
        unsafe cnats_natsConnection_Destroy(connection)
    }

    /// Hands on the id of the sensor and the payload of each message, up to those that are the last ones now.
    ///
    /// - Throws: ``DeliveryError`` also where nothing comes for a while.
    func read(_ body: (_ key: [UInt8], _ payload: Span<UInt8>) -> Void) throws(DeliveryError) {
        for stream in try streams() {
            for subject in stream.subjects { try read(subject, of: stream.name, body) }
        }
    }

    /// The streams that store subjects of the load, and which of theirs these may be.
    private func streams() throws(DeliveryError) -> [(name: String, subjects: [String])] {
        let wanted = settings.subscription
        var options = unsafe jsOptions()
        unsafe cnats_jsOptions_Init(&options)
        var list: UnsafeMutablePointer<jsStreamInfoList>?
        let status = unsafe wanted.withCString { filter in
            unsafe options.Stream.Info.SubjectsFilter = filter
            return unsafe cnats_js_Streams(&list, context, &options, nil)
        }
        guard status == NATS_OK || status == NATS_NOT_FOUND else { throw error(status) }
        guard let list = unsafe list else { return [] }
        defer { unsafe cnats_jsStreamInfoList_Destroy(list) }
        var streams: [(name: String, subjects: [String])] = []
        for index in 0..<Int(unsafe list.pointee.Count) {
            guard let config = unsafe list.pointee.List[index]?.pointee.Config, let name = unsafe config.pointee.Name
            else { continue }
            let subjects = (0..<Int(unsafe config.pointee.SubjectsLen))
                .compactMap { place in
                    unsafe config.pointee.Subjects[place].map { unsafe String(cString: $0) }
                }
            streams.append((unsafe String(cString: name), subjects.filter { NATSSubject.overlap($0, wanted) }))
        }
        return streams
    }

    private func read(
        _ subject: String,
        of stream: String,
        _ body: (_ key: [UInt8], _ payload: Span<UInt8>) -> Void
    ) throws(DeliveryError) {
        var subscription: OpaquePointer?
        var options = unsafe jsSubOptions()
        unsafe cnats_jsSubOptions_Init(&options)
        unsafe options.Ordered = true
        let status = unsafe stream.withCString { name in
            unsafe options.Stream = name
            return unsafe cnats_js_SubscribeSync(&subscription, context, subject, nil, &options, nil)
        }
        guard status == NATS_OK, let subscription = unsafe subscription else { throw error(status) }
        defer {
            unsafe cnats_natsSubscription_Unsubscribe(subscription)
            unsafe cnats_natsSubscription_Destroy(subscription)
        }
        var left = try unsafe messages(before: subscription)
        var waited = 0
        while left > 0 {
            var message: OpaquePointer?
            let status = unsafe cnats_natsSubscription_NextMsg(&message, subscription, 1_000)
            if status == NATS_TIMEOUT, waited < Self.patience {
                waited += 1
                continue
            }
            guard status == NATS_OK, let message = unsafe message else { throw error(status) }
            defer { unsafe cnats_natsMsg_Destroy(message) }
            (left, waited) = (left - 1, 0)
            var text: UnsafePointer<CChar>?
            guard unsafe cnats_natsMsgHeader_Get(message, NATSMark.header, &text) == NATS_OK,
                let text = unsafe text, let sensor = NATSMark.sensor(unsafe Array(String(cString: text).utf8), mark),
                sensor < sensors.count
            else { continue }
            let payload = unsafe UnsafeRawBufferPointer(
                start: cnats_natsMsg_GetData(message),
                count: Int(cnats_natsMsg_GetDataLength(message))
            )
            unsafe body(sensors[sensor], payload.bindMemory(to: UInt8.self).span)
        }
    }

    /// How many messages there are now for a subscription that has just begun.
    private func messages(before subscription: OpaquePointer) throws(DeliveryError) -> UInt64 {
        var info: UnsafeMutablePointer<jsConsumerInfo>?
        let status = unsafe cnats_natsSubscription_GetConsumerInfo(&info, subscription, nil, nil)
        guard status == NATS_OK, let info = unsafe info else { throw error(status) }
        defer { unsafe cnats_jsConsumerInfo_Destroy(info) }
        return unsafe info.pointee.NumPending + info.pointee.Delivered.Consumer
    }

    private func error(_ status: natsStatus) -> DeliveryError { NATSConnection.error(status, settings) }
}
