import DatasetGen

/// All brokers by the schemes of their URLs: one line each.
package enum RegisteredBrokers {
    private static let all: [(schemes: [String], type: any MessageBroker.Type)] = [
        (["mqtt", "mqtts"], MQTTBroker.self), (["kafka"], KafkaBroker.self), (["nats"], NATSBroker.self),
        (["http", "https"], HTTPReceiver.self), (["influx", "influxs"], InfluxFeed.self),
    ]

    /// The broker of a URL.
    ///
    /// - Parameters:
    ///   - url: where it is.
    ///   - source: the readings that it gets.
    /// - Returns: the broker; nothing is connected yet.
    /// - Throws: ``DeliveryError`` for a URL that is none, and for sensors that it cannot have messages of.
    package static func broker(
        of url: String,
        _ source: MessageSource
    ) throws(DeliveryError) -> any MessageBroker {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard let entry = all.first(where: { $0.schemes.contains(scheme) }) else {
            let schemes = all.flatMap(\.schemes).map { $0 + "://" }.joined(separator: ", ")
            throw DeliveryError(.usage, "\(url.quoted) is no URL of a broker; those begin with \(schemes)")
        }
        return try entry.type.init(url: url, source)
    }
}
