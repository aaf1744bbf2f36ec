import DatasetFormats
public import DatasetGen
import Synchronization

/// Writes the dataset of a plan into a folder: all or nothing.
///
/// ```swift
/// let plan = try GenerationPlan(recipe)
/// let summary = try await DatasetWriter(plan).write(to: "datasets/ml-training")
/// ```
public struct DatasetWriter: Sendable {
    /// How to write; none of it shapes the data.
    public struct Options: Sendable {
        /// Workers that generate and encode at a time.
        public var workerCount: Int
        /// Whether an existing dataset is replaced, once the new one is complete.
        public var replacesExisting: Bool
        /// Whether an interrupted run is finished, if there is one.
        public var resumes: Bool
        /// Whether it is tried even where the disk seems too small.
        public var ignoresSpace: Bool
        /// Readings computed at a time; nil for as many as are best.
        public var rowsPerChunk: Int64?
        /// Signs the list of digests; nil for no signature.
        public var signer: SigningKey?
        /// Asked for every block; true ends the run.
        public var isCancelled: @Sendable () -> Bool
        /// Told after every block, on changing threads.
        public var onProgress: @Sendable (GenerationProgress) -> Void
        /// Bytes written between two records of the journal.
        package var bytesPerRecord: Int64 = 128 << 20
        /// Where the files are.
        package var fileSystem = FileSystem()

        /// Two workers, nothing replaced, not signed, never cancelled, silent.
        public init(
            workerCount: Int = 2,
            replacesExisting: Bool = false,
            resumes: Bool = false,
            ignoresSpace: Bool = false,
            rowsPerChunk: Int64? = nil,
            signer: SigningKey? = nil,
            isCancelled: @escaping @Sendable () -> Bool = { false },
            onProgress: @escaping @Sendable (GenerationProgress) -> Void = { _ in }
        ) {
            self.workerCount = workerCount
            self.replacesExisting = replacesExisting
            self.resumes = resumes
            self.ignoresSpace = ignoresSpace
            self.rowsPerChunk = rowsPerChunk
            self.signer = signer
            self.isCancelled = isCancelled
            self.onProgress = onProgress
        }

        /// Blocks generated at a time.
        func blocksPerChunk(of plan: GenerationPlan) -> Int64 {
            rowsPerChunk.map { max(1, $0 / GenerationPlan.rowsPerBlock) } ?? plan.blocksPerChunk
        }
    }

    private let plan: GenerationPlan
    private let scope: RunScope
    private let options: Options

    /// A writer of a plan, or of a shard of it, whose folder has the others beside it.
    public init(_ plan: GenerationPlan, shard: Shard? = nil, options: Options = Options()) {
        (self.plan, scope) = (plan, RunScope(plan, shard: shard))
        self.options = options
    }

    /// Writes the dataset, or finishes it.
    ///
    /// - Returns: what was written; of a shard that resumes and is there already, what it has.
    /// - Throws: ``FileError``, also where the disk is too small, or ``GenerationCancelled``. Then there is no dataset, and
    ///   what was written is kept for a run that resumes, if any of it is safe.
    public func write(to path: String) async throws -> DatasetSummary {
        guard let shard = scope.shard else { return try await write(into: path) }
        let home = ShardedFolder(path)
        if let record = try home.checkPlace(of: shard, plan, options),
            try !home.hasUnfinishedRun(of: shard, in: options.fileSystem)
        {
            return record.summary(path, of: plan)
        }
        return try await write(into: home.workingPath(of: shard))
    }

    private func write(into path: String) async throws -> DatasetSummary {
        let paths = try DatasetPaths(path, replacesExisting: options.replacesExisting)
        try paths.check()
        try paths.checkIsOutsideDatasets(shards: scope.shard != nil)
        try paths.checkIsFree()
        for output in plan.recipe.outputs { try RegisteredFormats.format(of: output.format).check(paths) }
        let generators = GeneratorPool(plan, rowsPerPass: options.rowsPerChunk)
        // Tenths of a second for a hundred thousand sensors: meanwhile, what is encoded is prepared by the other cores.
        async let firstChunk = firstChunk(by: generators, of: paths)
        let encoding = try DatasetEncoding(plan, scope, isCancelled: options.isCancelled)
        let sensorsCSV = plan.sensorsCSV()
        if !options.ignoresSpace {
            try SpaceCheck(plan: plan, scope: scope, encoding: encoding, sensorsCSVBytes: sensorsCSV.count)
                .check(path, bytesThere: FileSystem.allocatedBytes(inFolder: paths.partial))
        }
        let policy = DatasetFolder.Policy(replacesExisting: options.replacesExisting, resumes: options.resumes)
        let folder = try DatasetFolder(path, policy, in: options.fileSystem)
        let identity = RunIdentity(plan, scope)
        if let run = folder.interrupted, let difference = identity.difference(from: run.identity) {
            throw FileError(.create, folder.partialPath, reason: "it cannot be finished: \(difference)")
        }
        // Only one task at a time uses the files: the committing worker, then this one.
        let run = try Mutex(DatasetRun(plan, scope, encoding, identity, sensorsCSV: sensorsCSV, options, in: folder))
        let firstBatch = folder.interrupted == nil ? await firstChunk : nil
        do {
            let (blocksDone, blocksPerChunk) = run.withLock { ($0.files.blocksDone, $0.files.blocksPerChunk) }
            let chunks = BlockChunks(blocks: scope.blocks, blocksPerChunk: blocksPerChunk)
            let first = scope.blocks.lowerBound + blocksDone
            let stretch = Stretch(firstBlock: first, chunks: chunks, firstBatch: firstBatch)
            try await produce(stretch, encoding, generators) { [options] block in
                // A run stops where one can go on: blocks of a row group may wait for others, some tens of milliseconds long.
                if options.isCancelled(), run.withLock({ $0.files.canBeStored }) { throw GenerationCancelled() }
                if block.isEmpty { return }
                options.onProgress(try run.withLock { try $0.append(block) })
            }
            return try run.withLock { [signer = options.signer] in try $0.finish(signer: signer) }
        } catch {
            run.withLock { $0.stop(after: error) }
            throw error
        }
    }

    /// What is still to be written.
    private struct Stretch {
        let firstBlock: Int64
        let chunks: BlockChunks
        let firstBatch: SharedChunk?
    }

    /// The most blocks that are in work: with row groups, so many more that each worker may be at one of its own.
    private var window: Int {
        let groups = plan.recipe.outputs.filter { $0.format.isColumnar }.map { Int($0.blocksPerGroup) }
        return OrderedPipeline<BlockProducer>.window(workerCount: options.workerCount)
            + options.workerCount * (groups.max() ?? 0)
    }

    /// Encodes all blocks that are not done, and hands them on in order.
    private func produce(
        _ stretch: Stretch,
        _ encoding: DatasetEncoding,
        _ generators: GeneratorPool,
        commit: @escaping @Sendable (EncodedBlock) throws -> Void
    ) async throws {
        let (plan, chunks) = (plan, stretch.chunks)
        let end = chunks.unit(ofBlock: chunks.blocks.upperBound)
        guard plan.isInOrderOfArrival else {
            return try await OrderedPipeline(
                unitCount: end,
                firstUnit: chunks.unit(ofBlock: stretch.firstBlock),
                unitsPerBatch: chunks.blocksPerChunk,
                firstBatch: stretch.firstBatch,
                workerCount: options.workerCount,
                window: window,
                makeWorker: { BlockProducer(plan, encoding, generators, chunks) },
                commit: commit
            )
            .run()
        }
        let order = ArrivalOrder<ArrivalProducer.Companion>(plan, from: stretch.firstBlock)
        let lag = Int64(window)
        try await OrderedPipeline(
            unitCount: end + lag,
            firstUnit: chunks.unit(ofBlock: order.firstSent),
            unitsPerBatch: chunks.blocksPerChunk,
            firstBatch: stretch.firstBatch,
            workerCount: options.workerCount,
            window: window,
            makeWorker: {
                let encoders: [any BlockEncoder] = encoding.parts.map { $0.makeEncoder() }
                return ArrivalProducer(
                    plan,
                    encoders,
                    generators,
                    chunks: chunks,
                    order: order,
                    lag: lag
                )
            },
            commit: commit
        )
        .run()
    }

    /// The first chunk; nil for an interrupted run, which may go on from another one.
    private func firstChunk(by generators: GeneratorPool, of paths: DatasetPaths) async -> SharedChunk? {
        guard !scope.blocks.isEmpty, !FileSystem.exists(paths.partial) else { return nil }
        let chunks = BlockChunks(blocks: scope.blocks, blocksPerChunk: options.blocksPerChunk(of: plan))
        let first = scope.blocks.lowerBound
        let unit = chunks.unit(ofBlock: plan.isInOrderOfArrival ? plan.firstBlock(arrivingIn: first) : first)
        return generators.chunk(of: chunks.blocks(ofBatch: unit / chunks.blocksPerChunk))
    }
}
