import Synchronization

/// True once.
final class Once: Sendable {
    private let isTaken = Atomic(false)

    /// Whether this is the first time that somebody asks.
    func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
}
