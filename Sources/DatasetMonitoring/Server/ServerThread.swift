import Glibc
import NIOCore
import NIOPosix

/// The one thread that all requests run on, at a lower priority than the threads that make readings.
struct ServerThread: Sendable {
    let group: MultiThreadedEventLoopGroup
    let executor: EventLoopExecutor

    /// How much the thread gives way, from 0 to 19.
    private static let niceness: Int32 = 10

    static func start() async throws -> ServerThread {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let eventLoop = group.any()
        // On Linux the priority belongs to the calling thread (setpriority(2), "Bugs"), which is what is wanted here.
        try await eventLoop.submit { _ = setpriority(__priority_which_t(0), 0, niceness) }.get()
        return ServerThread(group: group, executor: EventLoopExecutor(eventLoop))
    }

    func stop() async {
        try? await group.shutdownGracefully()
    }
}
