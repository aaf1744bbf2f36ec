package import DatasetFormats
import DatasetGen

/// A broker that readings are sent to as messages, one each.
package protocol MessageBroker: Sendable {
    /// A way to it.
    associatedtype Connection: MessageConnection

    /// - Parameters:
    ///   - url: where it is.
    ///   - source: the readings that it gets.
    /// - Throws: ``DeliveryError`` for a URL that is none, and for sensors that it cannot have messages of.
    init(url: String, _ source: MessageSource) throws(DeliveryError)

    /// The broker as messages name it: never with a user or a password.
    var name: String { get }

    /// Whether it keeps messages, so that those of another load can be there.
    static var keepsMessages: Bool { get }

    /// Whether a token may say who one is.
    static var takesToken: Bool { get }

    /// Looks whether messages can be sent.
    ///
    /// - Parameters:
    ///   - mayAppend: whether there may be messages already.
    ///   - mayCreate: whether what is missing may be created.
    /// - Throws: ``DeliveryError`` when they cannot.
    func check(mayAppend: Bool, mayCreate: Bool) throws(DeliveryError)

    /// Whether it can be asked for the messages that it holds.
    var canBeRead: Bool { get }

    /// Where the next messages will be, as ``read(from:_:)`` takes it; empty where messages tell which load they are of.
    ///
    /// - Throws: ``DeliveryError``.
    func marks() throws(DeliveryError) -> [Int64]

    /// Hands on the messages that it holds, up to those that are the last ones now.
    ///
    /// - Parameters:
    ///   - marks: where to begin; empty for the first messages.
    ///   - body: given the key of a message, a sensor's id, and its payload.
    /// - Throws: ``DeliveryError`` where they cannot be read.
    func read(
        from marks: [Int64],
        _ body: (_ key: [UInt8], _ payload: Span<UInt8>) -> Void
    ) throws(DeliveryError)

    /// What makes messages of readings; nil for lines of JSON.
    var messageEncoder: MessageEncoder? { get }

    /// A new connection.
    func connect() throws(DeliveryError) -> Connection
}

extension MessageBroker {
    /// None.
    package static var takesToken: Bool { false }

    /// It hands messages on, and that is all.
    package var canBeRead: Bool { false }

    /// None.
    package func marks() -> [Int64] { [] }

    /// Nothing.
    package func read(from marks: [Int64], _ body: (_ key: [UInt8], _ payload: Span<UInt8>) -> Void) {}

    /// Lines of JSON.
    package var messageEncoder: MessageEncoder? { nil }
}

/// A way to a broker; one thread at a time uses it.
package protocol MessageConnection {
    /// Sends the messages that are not acknowledged, and returns when the broker has acknowledged all of them.
    ///
    /// - Parameters:
    ///   - messages: what is sent.
    ///   - count: so many from the first one on; the others are left for later.
    ///   - isCancelled: asked now and then; true ends the attempt with an error.
    /// - Throws: ``DeliveryError``; one that is transient leaves the connection unusable. What was acknowledged is marked.
    func send(_ messages: EncodedMessages, upTo count: Int, unless isCancelled: () -> Bool) throws(DeliveryError)

    /// Does what keeps the connection open; to be called every few seconds while nothing is sent.
    ///
    /// - Throws: ``DeliveryError`` when it is lost.
    func keepAlive() throws(DeliveryError)
}

extension MessageConnection {
    /// Sends all messages that are not acknowledged, and returns when the broker has acknowledged them.
    package func send(_ messages: EncodedMessages, unless isCancelled: () -> Bool) throws(DeliveryError) {
        try send(messages, upTo: messages.count, unless: isCancelled)
    }

    /// Nothing: the library has threads of its own.
    package func keepAlive() {}
}

extension DeliveryError {
    /// Somebody has asked to stop.
    static let interrupted = DeliveryError(.transient, "what was on its way may not have arrived: it was interrupted")
}
