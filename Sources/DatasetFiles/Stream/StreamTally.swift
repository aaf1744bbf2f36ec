import DatasetGen
import Synchronization

/// Hands bytes on, and counts them.
final class StreamTally: Sendable {
    private let total: Int64
    private let take: @Sendable ([UInt8]) throws -> Void
    private let onProgress: @Sendable (GenerationProgress) -> Void
    private let counts = Mutex<(rows: Int64, bytes: Int64)>((0, 0))

    init(
        total: Int64,
        take: @escaping @Sendable ([UInt8]) throws -> Void,
        onProgress: @escaping @Sendable (GenerationProgress) -> Void
    ) {
        (self.total, self.take, self.onProgress) = (total, take, onProgress)
    }

    /// How far it is.
    var progress: GenerationProgress {
        let counts = counts.withLock { $0 }
        return GenerationProgress(
            rowsDone: min(counts.rows, total),
            rowsTotal: total,
            bytesWritten: counts.bytes
        )
    }

    /// Hands on what some readings have become.
    func append(_ bytes: [UInt8], rowCount: Int) throws {
        if !bytes.isEmpty { try take(bytes) }
        counts.withLock { $0 = ($0.rows + Int64(rowCount), $0.bytes + Int64(bytes.count)) }
        if rowCount > 0 { onProgress(progress) }
    }
}
