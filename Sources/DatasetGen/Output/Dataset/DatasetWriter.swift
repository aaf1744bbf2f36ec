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
        /// Readings computed at a time; nil for as many as are best.
        public var rowsPerChunk: Int64?
        /// Signs the list of digests; nil for no signature.
        public var signer: SigningKey?
        /// Asked for every block; true ends the run.
        public var isCancelled: @Sendable () -> Bool
        /// Told after every block, on changing threads.
        public var onProgress: @Sendable (GenerationProgress) -> Void

        /// Two workers, nothing replaced, not signed, never cancelled, silent.
        public init(
            workerCount: Int = 2,
            replacesExisting: Bool = false,
            rowsPerChunk: Int64? = nil,
            signer: SigningKey? = nil,
            isCancelled: @escaping @Sendable () -> Bool = { false },
            onProgress: @escaping @Sendable (GenerationProgress) -> Void = { _ in }
        ) {
            self.workerCount = workerCount
            self.replacesExisting = replacesExisting
            self.rowsPerChunk = rowsPerChunk
            self.signer = signer
            self.isCancelled = isCancelled
            self.onProgress = onProgress
        }
    }

    private let plan: GenerationPlan
    private let options: Options

    /// A writer of a plan.
    public init(_ plan: GenerationPlan, options: Options = Options()) {
        self.plan = plan
        self.options = options
    }

    /// Writes the dataset.
    ///
    /// - Throws: ``FileError``, or ``GenerationCancelled``; then nothing is left of the run.
    public func write(to path: String) async throws -> DatasetSummary {
        let folder = try DatasetFolder(path, replacesExisting: options.replacesExisting)
        // At once, as both take some tenths of a second for a hundred thousand sensors.
        async let sensorsCSV = plan.sensorsCSV()
        let encoding = DatasetEncoding(plan)
        // Only one task at a time uses the files: the committing worker, then this one.
        let files = try Mutex(OpenDataset(plan, encoding, sensorsCSV: await sensorsCSV, in: folder))
        do {
            let blocksPerChunk =
                options.rowsPerChunk.map { max(1, $0 / GenerationPlan.rowsPerBlock) } ?? plan.blocksPerChunk
            try await OrderedPipeline(
                unitCount: plan.blockCount,
                unitsPerBatch: blocksPerChunk,
                workerCount: options.workerCount,
                makeWorker: { [plan, options] in
                    BlockProducer(
                        plan,
                        encoding,
                        blocksPerChunk: blocksPerChunk,
                        rowsPerPass: options.rowsPerChunk
                    )
                },
                commit: { [plan, options] block in
                    if options.isCancelled() { throw GenerationCancelled() }
                    let progress = try files.withLock { dataset in
                        try dataset.files.append(block)
                        return GenerationProgress(
                            rowsDone: dataset.files.readingsDone,
                            rowsTotal: plan.rows.count,
                            bytesWritten: dataset.files.bytesWritten
                        )
                    }
                    options.onProgress(progress)
                }
            )
            .run()
            return try files.withLock { [options] in try $0.files.finish(signer: options.signer) }
        } catch {
            files.withLock { $0.folder.discard() }
            throw error
        }
    }
}

/// The folder and the files of a run.
private struct OpenDataset {
    let folder: DatasetFolder
    let files: DatasetFiles

    init(
        _ plan: GenerationPlan,
        _ encoding: DatasetEncoding,
        sensorsCSV: [UInt8],
        in folder: DatasetFolder
    ) throws(FileError) {
        self.folder = folder
        do throws(FileError) {
            files = try DatasetFiles(plan, encoding, sensorsCSV: sensorsCSV, in: folder)
        } catch {
            folder.discard()
            throw error
        }
    }
}
