import Synchronization

/// Counts answers by their status.
final class RequestCounts: Sendable {
    private let counts = Mutex<[Int: Int64]>([:])

    func count(_ status: Int) {
        counts.withLock { $0[status, default: 0] += 1 }
    }

    var byStatus: [Int: Int64] { counts.withLock(\.self) }
}
