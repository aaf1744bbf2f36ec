import DatasetFiles
import DatasetGen
import Synchronization

/// Generates a dataset in memory and keeps nothing of it.
struct ParallelGeneration: Sendable {
    let plan: GenerationPlan
    let workerCount: Int
    let isCancelled: @Sendable () -> Bool

    /// Generates all blocks, on all workers.
    ///
    /// - Throws: `GenerationCancelled`.
    func run() async throws {
        let chunks = ChunkCounter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workerCount {
                group.addTask { try work(chunks) }
            }
            try await group.waitForAll()
        }
    }

    private func work(_ chunks: ChunkCounter) throws {
        var generator = ChunkGenerator(plan)
        var chunk = GeneratedChunk()
        while true {
            let index = chunks.next()
            guard index < plan.chunkCount else { return }
            if isCancelled() { throw GenerationCancelled() }
            generator.generate(blocks: plan.blocks(ofChunk: index), into: &chunk)
        }
    }
}

/// Hands out the numbers of chunks.
private final class ChunkCounter: Sendable {
    private let count = Atomic<Int64>(0)

    /// The next number, from 0.
    func next() -> Int64 { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
