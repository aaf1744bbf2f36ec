import CKafka
package import DatasetFormats
import DatasetGen

/// An idempotent producer for one topic; one thread at a time uses it.
///
/// Within a producer, the library sends what is not acknowledged again without making duplicates of it. It gives up when
/// `message.timeout.ms` have passed; then the next producer may bring messages that are there.
@safe
package final class KafkaConnection: MessageConnection {
    private let client: KafkaClient
    private let topic: OpaquePointer
    private let settings: KafkaSettings
    private let keys: ByteTexts

    init(_ settings: KafkaSettings, _ keys: ByteTexts) throws(DeliveryError) {
        (self.settings, self.keys) = (settings, keys)
        client = try KafkaClient(settings)
        guard let topic = unsafe ckafka_topic_new(client.handle, settings.topic, nil) else {
            throw client.error(ckafka_last_error())
        }
        unsafe self.topic = topic
    }

    deinit { unsafe ckafka_topic_destroy(topic) }

    package func send(
        _ messages: EncodedMessages,
        upTo count: Int,
        unless isCancelled: () -> Bool
    ) throws(DeliveryError) {
        var outstanding = 0
        var failure: rd_kafka_resp_err_t?
        unsafe client.events.report = { message, code, mayBeThere in
            outstanding -= 1
            if code == RD_KAFKA_RESP_ERR_NO_ERROR {
                messages.acknowledge(message)
            } else {
                failure = failure ?? code
                if !mayBeThere { messages.noteLost(message) }
            }
        }
        defer { unsafe client.events.report = nil }
        unsafe keys.withPointers { key in
            unsafe messages.withPayloads { bytes in
                for message in 0..<count where failure == nil && !messages.isAcknowledged(message) {
                    let range = messages.range(message)
                    let sensor = Int(messages.sensors[message])
                    while true {
                        let code = unsafe ckafka_produce(
                            topic,
                            RD_KAFKA_PARTITION_UA,
                            RD_KAFKA_MSG_F_COPY,
                            UnsafeMutableRawPointer(mutating: bytes.baseAddress! + range.lowerBound),
                            range.count,
                            key(sensor),
                            keys.byteCount(sensor),
                            UnsafeMutableRawPointer(bitPattern: message + 1)
                        )
                        if code == 0 {
                            outstanding += 1
                            messages.noteSent(message)
                            break
                        }
                        let reason = ckafka_last_error()
                        guard reason == RD_KAFKA_RESP_ERR__QUEUE_FULL else {
                            failure = reason
                            break
                        }
                        unsafe ckafka_poll(client.handle, 100)
                        if isCancelled() { client.giveUp() }
                    }
                    if message & 0x3ff == 0 { unsafe ckafka_poll(client.handle, 0) }
                }
            }
        }
        // The library reports on every message, on one that it gives up too.
        while outstanding > 0 {
            unsafe ckafka_poll(client.handle, 100)
            if isCancelled() { client.giveUp() }
        }
        if let failure { throw client.error(failure) }
    }
}
