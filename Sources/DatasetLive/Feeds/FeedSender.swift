import DatasetDelivery
import DatasetFiles
import DatasetFormats
import DatasetGen

/// Turns readings into messages and sends them over a connection, which it makes and makes again.
struct FeedSender {
    /// What has come of a batch.
    struct Result {
        /// The `id` of the reading behind it.
        var next: Int64
        var messages: Int
        /// Messages that may have arrived twice.
        var repeats: Int64
    }

    /// What is made of a version of the recipe.
    private struct Source {
        let segment: LiveSegment
        let broker: any MessageBroker
        var cursor: LiveCursor
        /// What arrives of the readings; nil where nothing happens to them on their way.
        var arrivals: FeedArrivals?
        var encoder: MessageEncoder
    }

    private let url: String
    private let isStopped: () -> Bool
    private var source: Source?
    private var connection: (any MessageConnection)?
    private let messages = EncodedMessages()
    /// The readings in ``messages``; nil where they are acknowledged.
    private var pending: Range<Int64>?
    /// The number of the version before whose readings that which was on its way has been sent.
    private var carriedInto: Int64?

    /// The most readings on their way at once: what a broker that is lost makes one send again.
    private static let batch: Int64 = 8_192

    init(url: String, unless isStopped: @escaping () -> Bool) {
        (self.url, self.isStopped) = (url, isStopped)
    }

    /// Sends the next readings from one on, and waits until they are acknowledged.
    ///
    /// - Throws: ``DeliveryError``; the same readings are sent next time, but for those that were acknowledged.
    mutating func send(from next: Int64, _ front: FeedFront) throws(DeliveryError) -> Result {
        if pending?.lowerBound != next { try fill(from: next, front) }
        guard let pending, let broker = source?.broker else { return Result(next: next, messages: 0, repeats: 0) }
        do throws(DeliveryError) {
            if connection == nil { connection = try broker.connect() }
            try connection?.send(messages, unless: isStopped)
        } catch {
            connection = nil
            throw error
        }
        self.pending = nil
        return Result(next: pending.upperBound, messages: messages.count, repeats: messages.repeats)
    }

    /// Does what keeps a connection open while there is nothing to send.
    ///
    /// - Throws: ``DeliveryError`` when it is lost.
    mutating func keepAlive() throws(DeliveryError) {
        do throws(DeliveryError) {
            try connection?.keepAlive()
        } catch {
            connection = nil
            throw error
        }
    }

    private mutating func fill(from next: Int64, _ front: FeedFront) throws(DeliveryError) {
        guard let (version, last) = front.stretch(from: next) else {
            throw DeliveryError(.refused, "reading \(next) is of no version of the recipe that is known")
        }
        if try carry(into: version, next, front) { return }
        if source?.segment.version != version { try follow(version, front) }
        guard var source = source.take() else { return }
        defer { self.source = source }
        let position = next - 1 - source.segment.shift
        let limit = min(position + min(Self.batch, last - next + 1), source.cursor.end)
        messages.removeAll()
        source.cursor.move(to: position)
        if source.arrivals == nil {
            source.cursor.read(upTo: limit) { block, rows in source.encoder.append(block.slice(rows), to: messages) }
        } else if let due = source.arrivals?.arriving(with: position..<limit, skipped: front.skipped), due.count > 0 {
            source.encoder.append(due, to: messages)
        }
        pending = next..<source.segment.reading(at: limit)
    }

    /// Makes messages of what is on its way when another version begins: it arrives before the first reading of that.
    ///
    /// - Returns: whether there are any.
    private mutating func carry(
        into version: AppliedVersion,
        _ next: Int64,
        _ front: FeedFront
    ) throws(DeliveryError) -> Bool {
        guard next == version.firstReading, carriedInto != version.number,
            let earlier = front.versions.last(where: { $0.number < version.number })
        else { return false }
        // Of a version that cannot be read nothing can be told.
        if source?.segment.version != earlier, LiveSegment(stored: earlier) == nil { return false }
        if source?.segment.version != earlier { try follow(earlier, front) }
        carriedInto = version.number
        guard var source = source.take() else { return false }
        defer { self.source = source }
        let end = next - 1 - source.segment.shift
        guard let rest = source.arrivals?.rest(before: end, skipped: front.skipped), rest.count > 0 else {
            return false
        }
        messages.removeAll()
        source.encoder.append(rest, to: messages)
        pending = next..<next
        return true
    }

    private mutating func follow(_ version: AppliedVersion, _ front: FeedFront) throws(DeliveryError) {
        connection = nil
        source = nil
        guard let segment = version == front.segment.version ? front.segment : LiveSegment(stored: version) else {
            throw DeliveryError(.refused, "version \(version.number) of the recipe cannot be read any more")
        }
        let readings = MessageSource(segment.plan, identity: "\(front.run)-\(version.number)")
        let broker = try RegisteredBrokers.broker(of: url, readings)
        source = Source(
            segment: segment,
            broker: broker,
            cursor: LiveCursor(segment.plan, position: 0),
            arrivals: FeedArrivals(segment),
            encoder: broker.messageEncoder ?? MessageEncoder(Self.lines(of: segment.plan))
        )
    }

    /// Lines of JSON, with the time of arrival where it is not that of the reading.
    private static func lines(of plan: GenerationPlan) -> any RowEncoder {
        var parameters = OutputParameters.lines
        parameters.timestamps = plan.recipe.timestamps(of: .jsonl)
        parameters.isOfArrivals = plan.recipe.delivery != nil
        let output = ReadingOutput(parameters: parameters, of: plan.recipe)
        guard let rows = JSONLinesFormat.makeRowEncoder(output, sensors: plan.fleet.sensors) else {
            preconditionFailure("JSON Lines are rows of text")
        }
        return rows
    }
}
