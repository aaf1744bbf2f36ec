import Dispatch

/// Does one thing after another elsewhere than on the server's thread.
package final class SideThread: Sendable {
    private let queue: DispatchQueue

    /// A thread of this name.
    package init(_ name: String) {
        queue = DispatchQueue(label: "monitoring." + name, qos: .utility)
    }

    /// Does something, and gives what comes of it.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
