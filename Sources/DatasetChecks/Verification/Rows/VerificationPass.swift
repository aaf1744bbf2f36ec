import DatasetFiles
import DatasetFormats
import DatasetGen
import Synchronization

/// One pass over all readings of a dataset: what each file says of them, side by side in the dataset's order.
///
/// The readings come from one source: the recipe, the SQLite file, or a text file. Every text file must then be, byte
/// for byte, what its format makes of them. Memory: some blocks per worker, and a state per sensor.
struct VerificationPass: Sendable {
    /// Where the readings come from.
    enum Source: Sendable, Equatable {
        /// They are generated, and every file is compared with them.
        case recipe
        /// They are those of the SQLite file.
        case database
        /// They are those of a text file.
        case text(OutputFormat)
    }

    let files: StoredFolder
    let plan: GenerationPlan
    let source: Source
    /// The text files that there are.
    let texts: [ReadingOutput]
    /// The SQLite file, if its rows can be read.
    let database: StoredDatabase?
    /// Whether there is an event table.
    let hasEvents: Bool
    /// Whether there is a table of what has happened to readings on their way.
    let hasDelivery: Bool
    let workerCount: Int

    /// How a message names the source.
    private var reference: String {
        switch source {
        case .recipe: "recipe.yaml"
        case .database: database?.fileName ?? ""
        case .text(let format): texts.first { $0.parameters.format == format }?.fileName ?? ""
        }
    }

    /// Reads and compares everything.
    func run() async throws -> RowFindings {
        let comparison = try BlockComparison(
            files: files,
            plan: plan,
            outputs: texts,
            source: source,
            reference: reference,
            hasDatabase: database != nil,
            hasEvents: hasEvents,
            hasDelivery: hasDelivery
        )
        let encoders = comparison.encoders
        // Only one task at a time uses the files: the committing worker, then this one.
        let files = Mutex(comparison)
        let commit: @Sendable (CheckedBlock) throws -> Void = { block in
            if block.isEmpty { return }
            try files.withLock { files in
                try files.append(block)
                if files.isHopeless { throw Hopeless() }
            }
        }
        var isComplete = true
        do {
            if source == .recipe, plan.isInOrderOfArrival {
                try await runInOrderOfArrival(encoders, commit: commit)
            } else if case .text(let format) = source {
                isComplete = try runInOrder(format, encoders, commit: commit)
            } else {
                try await runParallel(encoders, commit: commit)
            }
        } catch is Hopeless { isComplete = false }
        return try files.withLock { try $0.finish(isComplete: isComplete) }
    }

    /// Stops a pass that would find nothing new.
    private struct Hopeless: Error {}

    /// Whether all readings could be had.
    private func runInOrder(
        _ format: OutputFormat,
        _ encoders: [any RowEncoder],
        commit: (CheckedBlock) throws -> Void
    ) throws -> Bool {
        guard let reader = try TextBlockReader(files: files, plan: plan, format: format) else { return false }
        let table = try tableReader()
        var digester = BlockDigester(plan, encoders: encoders)
        let product = CheckedBlock()
        for index in 0..<plan.blockCount {
            product.problems.removeAll()
            product.tableProblems.removeAll()
            product.rowCount = try reader.read(block: index, into: &product.block.readings, &product.problems)
            // A damaged file says so when it is compared; what it has lost is not to be told from missing rows.
            if reader.problem != nil { return false }
            digester.complete(product)
            try table?.reader(ofBlock: index)
                .check(product.rows, ofReadings: product.block.readings.count, &product.tableProblems)
            try commit(product)
        }
        return true
    }

    private func runInOrderOfArrival(
        _ encoders: [any RowEncoder],
        commit: @escaping @Sendable (CheckedBlock) throws -> Void
    ) async throws {
        let generators = GeneratorPool(plan)
        let order = ArrivalOrder<BlockDigester.Companion>(plan, from: 0)
        let lag = Int64(OrderedPipeline<ArrivalVerificationWorker>.window(workerCount: workerCount))
        try await OrderedPipeline(
            unitCount: plan.blockCount + lag,
            unitsPerBatch: plan.blocksPerChunk,
            workerCount: workerCount,
            makeWorker: { [plan] in
                ArrivalVerificationWorker(plan, generators: generators, encoders: encoders, order: order, lag: lag)
            },
            commit: commit
        )
        .run()
    }

    private func runParallel(
        _ encoders: [any RowEncoder],
        commit: @escaping @Sendable (CheckedBlock) throws -> Void
    ) async throws {
        let constants = plainDatabase.map { _ in SensorConstants(plan.fleet.sensors) }
        let generators = source == .recipe ? GeneratorPool(plan) : nil
        try await OrderedPipeline(
            unitCount: plan.blockCount,
            unitsPerBatch: plan.blocksPerChunk,
            workerCount: workerCount,
            makeWorker: { [self] in
                var reader: PartReaders<SQLiteBlockReader>?
                if let constants { reader = try plainDatabase?.makeBlockReader(constants) }
                return VerificationWorker(
                    plan,
                    database: reader,
                    table: try tableReader(),
                    generators: generators,
                    encoders: encoders
                )
            },
            commit: commit
        )
        .run()
    }

    /// The SQLite file if it has the columns of every dataset.
    private var plainDatabase: StoredDatabase? { database.flatMap { $0.output.isPlain ? $0 : nil } }

    /// What compares the SQLite file if it has others.
    private func tableReader() throws(FileError) -> PartReaders<ShapedTableReader>? {
        guard let database, !database.output.isPlain else { return nil }
        return try database.makeTableReader()
    }
}
