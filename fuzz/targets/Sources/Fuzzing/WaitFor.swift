import Dispatch

/// Does something that waits for others, and returns when it is done: libFuzzer knows no other way.
func waitFor(_ body: @escaping @Sendable () async -> Void) {
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        await body()
        done.signal()
    }
    done.wait()
}
