import Synchronization

/// How many readings become durable together at most.
package enum BatchLimit: Hashable, Sendable {
    /// Readings, whole blocks.
    case readings(Int64)
    /// Bytes on their way, about.
    case bytes(Int64)

    /// About eight megabytes: a tenth of a second of a fast server.
    static let usual = BatchLimit.bytes(8 << 20)

    /// Blocks that are so much; at least one.
    func blocks(bytesPerReading: Int, readingsPerBlock: Int64) -> Int64 {
        let readings =
            switch self {
            case .readings(let count): count
            case .bytes(let count): count / Int64(max(1, bytesPerReading))
            }
        return max(1, readings / readingsPerBlock)
    }

    /// Blocks that a second brings at a rate; at least one.
    static func blocks(ofRate rate: Double, readingsPerBlock: Int64) -> Int64 {
        max(1, Int64(rate / Double(readingsPerBlock)))
    }
}

/// How many blocks the next batch has: as many as it may, or so few that it takes no longer than it should.
///
/// A batch that takes too long makes those that follow a quarter smaller, and keeps them from growing for nineteen batches, so
/// that about one in twenty takes longer: additive increase, multiplicative decrease. Source: D.-M. Chiu and R. Jain,
/// "Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in Computer Networks", 1989.
final class BatchSize: Sendable {
    private struct Shared {
        var blocks: Int64
        /// Batches that are still to be as they are.
        var held = 0
    }

    /// The most blocks of a batch.
    let greatest: Int64
    private let longest: Duration?
    private let shared: Mutex<Shared>

    /// - Parameters:
    ///   - greatest: the most blocks of a batch.
    ///   - longest: how long a batch should take; nil for any time.
    init(atMost greatest: Int64, longest: Duration?) {
        (self.greatest, self.longest) = (greatest, longest)
        // What a block takes nobody knows yet.
        shared = Mutex(Shared(blocks: longest == nil ? greatest : 1))
    }

    /// Blocks of the next batch.
    var blocks: Int64 { shared.withLock { $0.blocks } }

    /// Takes note of how long a batch took.
    func note(_ duration: Duration, blocks: Int) {
        guard let longest else { return }
        shared.withLock { shared in
            // What was on its way when they were made smaller says nothing of the smaller ones.
            guard Int64(blocks) <= shared.blocks else { return }
            if duration > longest {
                (shared.blocks, shared.held) = (max(1, min(shared.blocks - 1, shared.blocks * 3 / 4)), 19)
            } else if shared.held > 0 {
                shared.held -= 1
            } else {
                shared.blocks = min(greatest, shared.blocks + 1)
            }
        }
    }
}
