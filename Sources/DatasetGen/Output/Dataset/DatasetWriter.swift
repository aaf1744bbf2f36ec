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
        /// Whether it is tried even where the disk seems too small.
        public var ignoresSpace: Bool
        /// Readings computed at a time; nil for as many as are best.
        public var rowsPerChunk: Int64?
        /// Asked for every block; true ends the run.
        public var isCancelled: @Sendable () -> Bool
        /// Told after every block, on changing threads.
        public var onProgress: @Sendable (GenerationProgress) -> Void

        /// Two workers, nothing replaced, never cancelled, silent.
        public init(
            workerCount: Int = 2,
            replacesExisting: Bool = false,
            ignoresSpace: Bool = false,
            rowsPerChunk: Int64? = nil,
            isCancelled: @escaping @Sendable () -> Bool = { false },
            onProgress: @escaping @Sendable (GenerationProgress) -> Void = { _ in }
        ) {
            self.workerCount = workerCount
            self.replacesExisting = replacesExisting
            self.ignoresSpace = ignoresSpace
            self.rowsPerChunk = rowsPerChunk
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
    /// - Throws: ``FileError``, also where the disk is too small, or ``GenerationCancelled``; then nothing is left of the
    ///   run.
    public func write(to path: String) async throws -> DatasetSummary {
        let paths = try DatasetPaths(path, replacesExisting: options.replacesExisting)
        try paths.check()
        try paths.checkIsFree()
        // At once, as both take some tenths of a second for a hundred thousand sensors.
        async let sensorsCSV = Self.sensorsCSV(of: plan)
        let encoding = DatasetEncoding(plan)
        let sensors = await sensorsCSV
        if !options.ignoresSpace {
            try SpaceCheck(plan: plan, encoding: encoding, sensorsCSVBytes: sensors.count)
                .check(path, bytesThere: FileSystem.allocatedBytes(inFolder: paths.partial))
        }
        let folder = try DatasetFolder(path, replacesExisting: options.replacesExisting)
        // Only one task at a time uses the files: the committing worker, then this one.
        let files = try Mutex(OpenDataset(plan, encoding, sensorsCSV: sensors, in: folder))
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
            return try files.withLock { try $0.files.finish() }
        } catch {
            files.withLock { $0.folder.discard() }
            throw error
        }
    }

    /// The content of `sensors.csv`.
    static func sensorsCSV(of plan: GenerationPlan) -> [UInt8] {
        let columns = [TableColumn<Sensor>].sensors
        var text = ByteBuffer(columns.csvHeader())
        for sensor in plan.fleet.sensors { text.append(csv: columns.map { $0.value(sensor) }) }
        return text.bytes
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
