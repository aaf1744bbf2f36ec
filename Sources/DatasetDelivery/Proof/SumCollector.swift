import DatasetFiles
import DatasetGen
import Synchronization

/// Keeps the sums of all workers, and the digest of the blocks, which come in order.
final class SumCollector: Sendable {
    private struct Shared {
        var idle: [GroupSums] = []
        var digest: ContentDigest
    }

    private let empty: GroupSums
    private let shared: Mutex<Shared>

    init(_ empty: GroupSums, digest: ContentDigest) {
        self.empty = empty
        shared = Mutex(Shared(digest: digest))
    }

    /// Sums to add to, which no other worker has meanwhile.
    func borrow() -> GroupSums { shared.withLock { $0.idle.popLast() } ?? empty }

    func giveBack(_ sums: GroupSums) { shared.withLock { $0.idle.append(sums) } }

    /// Takes note of the next block's digest.
    func append(_ digest: [UInt8]) { shared.withLock { $0.digest.append(digest) } }

    /// All sums, and the identity of all readings.
    func finish() -> (GroupSums, String) {
        shared.withLock { shared in
            var total = shared.idle.popLast() ?? empty
            for sums in shared.idle { total.add(sums) }
            return (total, shared.digest.finalize().text)
        }
    }
}
