import Synchronization

/// Generators of a plan's chunks that workers take turns with.
///
/// A generator keeps what changes slowly of every sensor. A worker gets the one that was last given back, so that there
/// are never more than work at a time, and what they keep of a hundred thousand sensors is computed once or twice, not by
/// each worker.
package final class GeneratorPool: Sendable {
    private let plan: GenerationPlan
    private let rowsPerPass: Int64?
    private let sensors: [Bool]?
    private let idle = Mutex<[ChunkGenerator]>([])

    /// A pool of generators that compute up to `rowsPerPass` readings at a time; nil for all of a chunk.
    ///
    /// - Parameters:
    ///   - plan: what they generate.
    ///   - rowsPerPass: how many readings at a time.
    ///   - sensors: per sensor, whether its readings are computed; nil for those of all.
    package init(_ plan: GenerationPlan, rowsPerPass: Int64? = nil, sensors: [Bool]? = nil) {
        self.plan = plan
        self.rowsPerPass = rowsPerPass
        self.sensors = sensors
    }

    /// Computes consecutive blocks, in the storage of an earlier chunk if there is one.
    package func chunk(of blocks: Range<Int64>, recycled: SharedChunk? = nil) -> SharedChunk {
        let chunk = recycled ?? SharedChunk()
        var generator =
            idle.withLock { $0.popLast() } ?? ChunkGenerator(plan, rowsPerPass: rowsPerPass, sensors: sensors)
        chunk.generate(blocks, with: &generator)
        idle.withLock { [generator] in $0.append(generator) }
        return chunk
    }
}
