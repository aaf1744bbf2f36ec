/// Asks the run for its database's statistics at most every two seconds, and never twice at once.
actor DatabaseStatisticsCache {
    private static let lifetime: Duration = .seconds(2)

    private let run: any MonitoredRun
    private let executor: EventLoopExecutor
    private var asking: Task<DatabaseStatistics?, Never>?
    private var isGoodUntil: ContinuousClock.Instant = .now

    init(run: any MonitoredRun, executor: EventLoopExecutor) {
        self.run = run
        self.executor = executor
    }

    func current() async -> DatabaseStatistics? {
        if let asking, ContinuousClock.now < isGoodUntil { return await asking.value }
        let run = run
        let task = Task(executorPreference: executor) { await run.databaseStatistics() }
        asking = task
        // As long as the question takes, and then two seconds.
        isGoodUntil = .now + .seconds(3_600)
        let statistics = await task.value
        isGoodUntil = .now + Self.lifetime
        return statistics
    }
}
