import Dispatch

/// Does what blocks on a thread of its own: tasks have as many as there are cores, and no more.
func onThread<Result: Sendable>(_ name: String, _ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        DispatchQueue(label: name).async { continuation.resume(returning: work()) }
    }
}
