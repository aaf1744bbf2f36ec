import NIOCore
import NIOHTTP1
import NIOPosix

/// A socket that is listened at, and the connections that came through it.
struct Listener: Sendable {
    /// The socket's own channel.
    let channel: any Channel
    private let connections: NIOLoopBound<ConnectionLimit>

    /// Connections that wait to be accepted.
    private static let backlog: Int32 = 1_024

    /// Listens.
    ///
    /// - Throws: what the system says, as an `IOError`, or what the resolver of names says.
    init(
        host: String,
        port: Int,
        on group: MultiThreadedEventLoopGroup,
        limits: MonitoringLimits,
        initialize: @escaping @Sendable (ChannelPipeline.SynchronousOperations) throws -> Void
    ) async throws {
        let eventLoop = group.any()
        let connections =
            try await eventLoop.submit {
                NIOLoopBound(ConnectionLimit(limits.connections), eventLoop: eventLoop)
            }
            .get()
        self.connections = connections
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(connections.value)
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try initialize(channel.pipeline.syncOperations) }
            }
            .bind(host: host, port: port)
            .get()
    }

    /// Ends its connections: those without a request at once, the others behind their answer, and all after some time.
    func finish(within time: TimeAmount) async {
        let (connections, eventLoop) = (connections, channel.eventLoop)
        let force = eventLoop.scheduleTask(in: time) { connections.value.close() }
        try? await eventLoop.flatSubmit { connections.value.finish(on: eventLoop) }.get()
        force.cancel()
    }
}
