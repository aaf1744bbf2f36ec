import NIOCore

/// Runs tasks on one event loop, so that requests never take a thread that makes readings, nor wait for one.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Waits without needing any other thread, as the common pool's clock would.
    func sleep(for duration: Duration) async {
        try? await eventLoop.scheduleTask(in: TimeAmount(duration)) {}.futureResult.get()
    }

    /// Does something later, unless the returned closure is called before.
    func schedule(in duration: Duration, _ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let scheduled = eventLoop.scheduleTask(in: TimeAmount(duration), work)
        return { scheduled.cancel() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
