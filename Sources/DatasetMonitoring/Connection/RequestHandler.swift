import NIOCore
import NIOHTTP1

/// Has the requests of a connection answered, one after the other.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let executor: EventLoopExecutor
    private let respond: @Sendable (Request, ClientKey) async -> Response

    /// - Parameters:
    ///   - executor: where answers are made.
    ///   - respond: makes one.
    init(executor: EventLoopExecutor, respond: @escaping @Sendable (Request, ClientKey) async -> Response) {
        (self.executor, self.respond) = (executor, respond)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Without waiting for a body, of which none is taken.
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        Self.answer(Request(head), on: context.channel, executor, respond)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private static func answer(
        _ request: Request,
        on channel: any Channel,
        _ executor: EventLoopExecutor,
        _ respond: @escaping @Sendable (Request, ClientKey) async -> Response
    ) {
        Task(executorPreference: executor) {
            write(await respond(request, ClientKey(channel.remoteAddress)), to: channel)
        }
    }

    private static func write(_ response: Response, to channel: any Channel) {
        let head = HTTPResponseHead(version: .http1_1, status: response.status, headers: response.headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        if !response.body.isEmpty {
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: response.body))), promise: nil)
        }
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
    }
}

@available(*, unavailable)
extension RequestHandler: Sendable {}
