/// Gives long computations a quarter of one core, however many clients ask for them: one at a time, and a pause behind each.
actor Pace {
    /// How much longer the pause is than the computation before it.
    private static let pauseFactor = 3
    /// How long a computation that has to wait does before it looks again.
    private static let patience = Duration.milliseconds(20)

    private let executor: EventLoopExecutor
    private var isBusy = false
    private var restsUntil: ContinuousClock.Instant = .now

    init(executor: EventLoopExecutor) {
        self.executor = executor
    }

    /// Does something when its turn has come.
    func run<Value: Sendable>(_ work: @Sendable () async -> Value) async -> Value {
        while !isFree { await executor.sleep(for: Self.patience) }
        return await take(work)
    }

    /// Does something if its turn is now; nil if it is not.
    func runAtOnce<Value: Sendable>(_ work: @Sendable () async -> Value) async -> Value? {
        isFree ? await take(work) : nil
    }

    private var isFree: Bool { !isBusy && ContinuousClock.now >= restsUntil }

    private func take<Value: Sendable>(_ work: @Sendable () async -> Value) async -> Value {
        isBusy = true
        let begin = ContinuousClock.now
        let value = await work()
        let end = ContinuousClock.now
        restsUntil = end + (end - begin) * Self.pauseFactor
        isBusy = false
        return value
    }
}
