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
        let blocks = BlockCounter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workerCount {
                group.addTask { try work(blocks) }
            }
            try await group.waitForAll()
        }
    }

    private func work(_ blocks: BlockCounter) throws {
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        while true {
            let index = blocks.next()
            guard index < plan.blockCount else { return }
            if isCancelled() { throw GenerationCancelled() }
            generator.generate(block: index, into: &block)
        }
    }
}

/// Hands out the numbers of blocks.
private final class BlockCounter: Sendable {
    private let count = Atomic<Int64>(0)

    /// The next number, from 0.
    func next() -> Int64 { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
