import DatasetMonitoring

/// The last value of something that takes a while: only the first question waits for it.
actor LastValue<Value: Sendable> {
    private let thread: SideThread
    private var last: Value?
    private var asking: Task<Value?, Never>?

    init(on thread: SideThread) {
        self.thread = thread
    }

    /// The value as it was found last, while it is looked for anew.
    func value(_ work: @escaping @Sendable () -> Value?) async -> Value? {
        let task = asking ?? ask(work)
        if let last { return last }
        return await task.value
    }

    private func ask(_ work: @escaping @Sendable () -> Value?) -> Task<Value?, Never> {
        let task = Task {
            let value = await thread.run(work)
            last = value
            asking = nil
            return value
        }
        asking = task
        return task
    }
}
