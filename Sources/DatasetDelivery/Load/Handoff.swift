import Dispatch
import Synchronization

/// Hands items from one thread to another, which waits for them.
final class Handoff<Item: AnyObject & Sendable>: Sendable {
    private struct Shared {
        var items: [Item] = []
        var isClosed = false
    }

    private let shared = Mutex(Shared())
    private let available = DispatchSemaphore(value: 0)

    /// Hands an item over.
    func put(_ item: Item) {
        shared.withLock { $0.items.append(item) }
        available.signal()
    }

    /// Waits for the next item; nil when there is none any more.
    func take() -> Item? {
        available.wait()
        let item: Item? = shared.withLock { $0.items.isEmpty ? nil : $0.items.removeFirst() }
        // Whoever else waits is to see the end as well.
        if item == nil { available.signal() }
        return item
    }

    /// Says that nothing more comes: what is there is still taken, unless it is `discarded`.
    func close(discarding isDiscarded: Bool = false) {
        shared.withLock { shared in
            shared.isClosed = true
            if isDiscarded { shared.items.removeAll() }
        }
        available.signal()
    }
}
