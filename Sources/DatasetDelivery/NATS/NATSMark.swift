import DatasetFormats

/// The mark of a message, by which a stream knows one that is sent again: load, sensor, time, and where readings arrive twice
/// the time of arrival.
///
/// Source: https://docs.nats.io/using-nats/developer/develop_jetstream/model_deep_dive#message-deduplication.
enum NATSMark {
    /// The header that has it.
    static let header = "Nats-Msg-Id"

    /// What the marks of a load begin with.
    static func prefix(_ identity: String) -> [UInt8] { Array("\(identity)-".utf8) }

    static func text(_ identity: String, _ messages: EncodedMessages, _ message: Int) -> String {
        let mark = "\(identity)-\(messages.sensors[message])-\(messages.times[message])"
        // What arrives twice is there twice.
        return messages.arrivals.isEmpty ? mark : mark + "-\(messages.arrivals[message])"
    }

    /// The sensor of a mark, by ``Sensor/index``; nil for that of another load.
    static func sensor(_ mark: [UInt8], _ prefix: [UInt8]) -> Int? {
        guard mark.starts(with: prefix) else { return nil }
        return Int(String(decoding: mark[prefix.count...].prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self))
    }
}
