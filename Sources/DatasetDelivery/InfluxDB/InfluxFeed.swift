package import DatasetFormats
import DatasetGen

/// A measurement in InfluxDB that a live run feeds.
///
/// A point that is sent again replaces itself, so that nothing is there twice.
package struct InfluxFeed: MessageBroker {
    private let place: InfluxPlace
    /// Nil where a URL alone is looked at.
    private let target: InfluxTarget?

    package init(url: String, _ source: MessageSource) throws(DeliveryError) {
        place = try InfluxPlace(url, token: source.token)
        if let plan = source.plan {
            target = try InfluxTarget(url: url, plan: plan, options: TargetOptions())
        } else {
            target = nil
        }
    }

    package var name: String { place.name }
    package static var keepsMessages: Bool { true }

    package func check(mayAppend: Bool, mayCreate: Bool) {}

    package var messageEncoder: MessageEncoder? { target.map { MessageEncoder($0.points.makeRowEncoder()) } }

    /// Connects, and makes the database or the bucket ready if it is not there.
    package func connect() throws(DeliveryError) -> HTTPMessageConnection {
        guard let target else { preconditionFailure("readings are sent to \(name), and none are known") }
        try InfluxPreparation(target, isFed: true).prepare(target.client())
        let (path, query) = place.api.write(target.points.output.parameters.timestamps)
        return HTTPMessageConnection(
            try place.server.connect(timeout: 60),
            HTTPRequests(
                path: path,
                query: query,
                headers: ["Content-Type: text/plain; charset=utf-8"],
                messageLimit: 5_000,
                isCompressed: place.isCompressed,
                isIdempotent: true
            )
        )
    }
}
