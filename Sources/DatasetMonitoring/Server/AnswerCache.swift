/// Asks for something at most once in some time, and never twice at once, however many want it.
actor AnswerCache<Value: Sendable> {
    private let lifetime: Duration
    private let executor: EventLoopExecutor
    private let ask: @Sendable () async -> Value
    private var asking: Task<Value, Never>?
    private var isGoodUntil: ContinuousClock.Instant = .now

    /// Answers that are good for a while.
    init(for lifetime: Duration, executor: EventLoopExecutor, ask: @escaping @Sendable () async -> Value) {
        (self.lifetime, self.executor, self.ask) = (lifetime, executor, ask)
    }

    func current() async -> Value {
        if let asking, ContinuousClock.now < isGoodUntil { return await asking.value }
        let ask = ask
        let task = Task(executorPreference: executor) { await ask() }
        asking = task
        // As long as the question takes, and then its lifetime.
        isGoodUntil = .now + .seconds(3_600)
        let value = await task.value
        isGoodUntil = .now + lifetime
        return value
    }
}
