import Dispatch

/// Does one thing after another elsewhere than on the server's thread.
final class SideThread: Sendable {
    private let queue: DispatchQueue

    init(_ name: String) {
        queue = DispatchQueue(label: "monitoring." + name, qos: .utility)
    }

    /// Does something, and gives what comes of it.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
