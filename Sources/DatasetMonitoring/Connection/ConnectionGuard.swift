import NIOCore
import NIOHTTP1

/// Keeps one connection within its limits: it is counted, it must make progress, and it is told what was wrong with what
/// it sent.
///
/// Progress is an answer that has left for the network. One rule covers idle connections, requests that arrive byte by
/// byte, bodies without an end and answers that nobody reads.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a connection that was told to close may take to read why.
    private static let lingering: TimeAmount = .seconds(2)

    private let clients: ClientTable
    private let timeout: TimeAmount
    private var client: ClientKey?
    private var deadline: NIODeadline = .distantFuture
    private var timer: Scheduled<Void>?
    private var requestsInProgress = 0
    private var isClosing = false
    private var hasFailed = false

    init(limits: MonitoringLimits, clients: ClientTable) {
        self.clients = clients
        timeout = TimeAmount(limits.answerTimeout)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { opened(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        opened(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        closed()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        closed()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasFailed else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        if head.version == .http1_1, head.headers["host"].count != 1 { return fail(context, with: .hostMissing) }
        requestsInProgress += 1
        // Nothing here takes a body; HTTP/1.0 clients wait for the end of the connection.
        if !head.isKeepAlive || head.announcesBody || head.version == .http1_0 {
            isClosing = true
            head.headers.replaceOrAdd(name: "connection", value: "close")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Whoever has closed this direction still reads the answers to what came before.
        if case .some(.inputClosed) = event as? ChannelEvent {
            isClosing = true
            if requestsInProgress == 0, !hasFailed { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isClosing:
            head.headers.replaceOrAdd(name: "connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            requestsInProgress -= 1
            let promise = promise ?? context.eventLoop.makePromise()
            promise.futureResult.assumeIsolated()
                .whenSuccess { [self] in
                    deadline = .now() + timeout
                    guard isClosing else { return }
                    context.close(mode: .output, promise: nil)
                    closeSoon(context)
                }
            context.write(data, promise: promise)
        default:
            context.write(data, promise: promise)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        fail(context, with: ParserAnswer(error))
    }

    private func fail(_ context: ChannelHandlerContext, with answer: ParserAnswer) {
        guard !hasFailed else { return }
        hasFailed = true
        // An answer that is still being made would follow this one: the client could not tell which is which.
        guard requestsInProgress == 0 else { return context.close(promise: nil) }
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(mode: .output, promise: nil)
        closeSoon(context)
    }

    private func opened(_ context: ChannelHandlerContext) {
        guard client == nil else { return }
        client = clients.connectionOpened(ClientKey(context.remoteAddress))
        guard client != nil else { return context.close(promise: nil) }
        deadline = .now() + timeout
        schedule(context)
    }

    private func closed() {
        timer?.cancel()
        timer = nil
        if let client { clients.connectionClosed(client) }
        client = nil
    }

    /// Closing at once would make the kernel drop the answer if the client is still sending.
    private func closeSoon(_ context: ChannelHandlerContext) {
        deadline = .now() + Self.lingering
        timer?.cancel()
        schedule(context)
    }

    /// Wakes up at the deadline, and again if it has moved: answers need not touch the timer.
    private func schedule(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated()
            .scheduleTask(deadline: deadline) { [self] in
                if NIODeadline.now() >= deadline {
                    context.close(promise: nil)
                } else {
                    schedule(context)
                }
            }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}

extension HTTPRequestHead {
    /// Whether a body follows.
    fileprivate var announcesBody: Bool {
        headers.contains(name: "transfer-encoding") || headers["content-length"].contains { $0 != "0" }
    }
}
