import NIOCore

/// Accepts no more connections than a limit at a time, and knows those that are open.
///
/// What exceeds them waits in the system's queue.
final class ConnectionLimit: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let limit: Int
    private var open: [ObjectIdentifier: any Channel] = [:]
    private var isReadWanted = false

    init(_ limit: Int) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        open[ObjectIdentifier(channel)] = channel
        channel.closeFuture.hop(to: context.eventLoop).assumeIsolated()
            .whenComplete { [self] _ in
                open[ObjectIdentifier(channel)] = nil
                guard isReadWanted else { return }
                isReadWanted = false
                read(context: context)
            }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if open.count < limit { context.read() } else { isReadWanted = true }
    }

    /// Has each connection end behind the answer that is being made for it; when all have ended.
    func finish(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let channels = Array(open.values)
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        return .andAllComplete(channels.map(\.closeFuture), on: eventLoop)
    }

    /// Ends all connections at once.
    func close() {
        for channel in open.values { channel.close(promise: nil) }
    }
}

@available(*, unavailable)
extension ConnectionLimit: Sendable {}
