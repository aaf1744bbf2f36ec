import CKafka
import DatasetGen

/// Reads a topic of Kafka from some offsets on up to the messages that are the last ones now; belongs to no group of readers.
@safe
final class KafkaTopicReader {
    private let client: KafkaClient
    private let settings: KafkaSettings

    init(_ settings: KafkaSettings) throws(DeliveryError) {
        self.settings = settings
        client = try KafkaClient(settings, readsBack: true)
    }

    /// Hands on key and payload of each message.
    ///
    /// - Parameters:
    ///   - marks: numbers of partitions, each with the offset of the first message behind it; other partitions are read
    ///     from their first message on.
    ///   - body: given them.
    /// - Throws: ``DeliveryError`` also where nothing comes for a while.
    func read(
        from marks: [Int64],
        _ body: (_ key: [UInt8], _ payload: Span<UInt8>) -> Void
    ) throws(DeliveryError) {
        guard let partitions = try client.partitions(of: settings.topic) else {
            throw DeliveryError(.occupied, "\(settings.name): there is no topic \(settings.topic.quoted)")
        }
        var ends: [Int32: Int64] = [:]
        let list = unsafe ckafka_topic_partition_list_new(Int32(partitions.count))
        defer { unsafe ckafka_topic_partition_list_destroy(list) }
        for partition in partitions {
            let (low, high) = try client.offsets(of: settings.topic, partition)
            let start = max(low, Self.start(of: partition, in: marks) ?? low)
            guard start < high else { continue }
            ends[partition] = high
            guard let entry = unsafe ckafka_topic_partition_list_add(list, settings.topic, partition) else { continue }
            unsafe entry.pointee.offset = start
        }
        if ends.isEmpty { return }
        let code = unsafe ckafka_assign(client.handle, list)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw client.error(code) }
        defer { unsafe ckafka_consumer_close(client.handle) }
        var lastProgress = ContinuousClock.now
        while !ends.isEmpty {
            guard let message = unsafe ckafka_consumer_poll(client.handle, 500) else {
                guard ContinuousClock.now - lastProgress < .seconds(60) else {
                    throw DeliveryError(.transient, "\(settings.name): no message came for 60 s")
                }
                continue
            }
            defer { unsafe ckafka_message_destroy(message) }
            let (code, partition, offset) = unsafe (
                message.pointee.err, message.pointee.partition, message.pointee.offset
            )
            if code == RD_KAFKA_RESP_ERR__PARTITION_EOF {
                // What was compacted or aborted at the end has an offset, and no message.
                if let end = ends[partition], offset >= end { ends[partition] = nil }
                continue
            }
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw client.error(code) }
            lastProgress = .now
            guard let end = ends[partition] else { continue }
            if offset < end {
                let key = unsafe UnsafeRawBufferPointer(start: message.pointee.key, count: message.pointee.key_len)
                let payload = unsafe UnsafeRawBufferPointer(start: message.pointee.payload, count: message.pointee.len)
                unsafe body(Array(key), payload.bindMemory(to: UInt8.self).span)
            }
            if offset + 1 >= end { ends[partition] = nil }
        }
    }

    private static func start(of partition: Int32, in marks: [Int64]) -> Int64? {
        for index in stride(from: 0, to: marks.count - 1, by: 2) where marks[index] == Int64(partition) {
            return marks[index + 1]
        }
        return nil
    }
}
