import DatasetFormats
public import DatasetGen

/// The readings of a plan in one format, one block behind the other: for a pipe, where nothing can be gone back to.
///
/// ```swift
/// let stream = try ReadingStream(plan, selecting: ReadingSelection(of: plan, sensors: [3]))
/// try await stream.write { bytes in try pipe.write(bytes) }
/// ```
///
/// The rows are those of the file of the same format, never compressed. Whoever takes them slowly slows the generation down:
/// a few blocks for each worker are in memory at a time.
public struct ReadingStream: Sendable {
    private let plan: GenerationPlan
    private let selection: ReadingSelection
    private let rows: any RowEncoder
    private let workerCount: Int
    private let onProgress: @Sendable (GenerationProgress) -> Void

    /// A stream of the one output of a plan's recipe.
    ///
    /// - Parameters:
    ///   - plan: what is generated.
    ///   - selection: which readings; nil for all. None but all where they are in the order of arrival.
    ///   - workerCount: workers that generate and encode at a time.
    ///   - onProgress: told after every block, on changing threads.
    /// - Throws: ``StreamError`` where the recipe has several outputs, or one that cannot be written so.
    public init(
        _ plan: GenerationPlan,
        selecting selection: ReadingSelection? = nil,
        workerCount: Int = 2,
        onProgress: @escaping @Sendable (GenerationProgress) -> Void = { _ in }
    ) throws(StreamError) {
        let format = try Self.format(of: plan.recipe)
        if selection != nil, plan.isInOrderOfArrival { throw .partOfArrivals }
        var parameters = plan.recipe.outputs[0]
        parameters.compression = .none
        parameters.timePerFile = nil
        parameters.joinParts()
        var output = ReadingOutput(parameters: parameters, of: plan)
        output.events = EventDirectory(plan, for: [parameters])
        let sensors = plan.fleet.sensors
        guard let rows = format.makeStream(output, sensors: sensors, selected: selection?.sensors) else {
            throw .notAStream(parameters.format)
        }
        (self.plan, self.rows, self.workerCount, self.onProgress) = (plan, rows, workerCount, onProgress)
        self.selection = selection ?? ReadingSelection(of: plan)
    }

    /// Throws if readings of a recipe cannot be written to a pipe.
    ///
    /// - Throws: ``StreamError``.
    public static func check(_ recipe: Recipe) throws(StreamError) { _ = try format(of: recipe) }

    private static func format(of recipe: Recipe) throws(StreamError) -> any DatasetFormat.Type {
        guard recipe.outputs.count == 1 else { throw .severalOutputs }
        let format = RegisteredFormats.format(of: recipe.outputs[0].format)
        guard format.isStream else { throw .notAStream(format.format) }
        return format
    }

    /// Generates the readings, and hands their bytes on in order.
    ///
    /// - Parameter take: called with some bytes, one call at a time, on changing threads.
    /// - Returns: how many readings and bytes there were, omitted readings included.
    /// - Throws: what `take` throws; nothing is generated any more then.
    @discardableResult
    public func write(to take: @escaping @Sendable ([UInt8]) throws -> Void) async throws -> GenerationProgress {
        let tally = StreamTally(total: selection.readingCount, take: take, onProgress: onProgress)
        try tally.append(rows.header, rowCount: 0)
        if plan.isInOrderOfArrival { try await writeArrivals(to: tally) } else { try await writeSelection(to: tally) }
        try tally.append(rows.trailer, rowCount: 0)
        return tally.progress
    }

    private func writeSelection(to tally: StreamTally) async throws {
        let (plan, selection, encoder) = (plan, selection, StreamEncoder(rows))
        let units = StreamUnits(selection, of: plan)
        let generators = GeneratorPool(plan, sensors: selection.sensors)
        try await OrderedPipeline(
            unitCount: units.count,
            unitsPerBatch: units.unitsPerBatch,
            workerCount: workerCount,
            makeWorker: { StreamProducer(plan, selection, units, generators, encoder) },
            commit: { try tally.append($0.bytes.bytes, rowCount: $0.rowCount) }
        )
        .run()
    }

    private func writeArrivals(to tally: StreamTally) async throws {
        let (plan, encoder) = (plan, StreamEncoder(rows))
        let generators = GeneratorPool(plan)
        let order = ArrivalOrder<ArrivalProducer.Companion>(plan, from: 0)
        let lag = Int64(OrderedPipeline<ArrivalProducer>.window(workerCount: workerCount))
        let chunks = BlockChunks(blocks: 0..<plan.blockCount, blocksPerChunk: plan.blocksPerChunk)
        try await OrderedPipeline(
            unitCount: plan.blockCount + lag,
            firstUnit: order.firstSent,
            unitsPerBatch: chunks.blocksPerChunk,
            workerCount: workerCount,
            makeWorker: {
                ArrivalProducer(plan, [encoder], generators, chunks: chunks, order: order, lag: lag)
            },
            commit: { block in
                guard !block.isEmpty, let piece = block.pieces[0] as? EncodedText else { return }
                try tally.append(piece.bytes.bytes, rowCount: Int(GenerationPlan.rowsPerBlock))
            }
        )
        .run()
    }
}

/// Why readings cannot be written to a pipe.
public enum StreamError: Error, Hashable {
    /// The recipe has several outputs.
    case severalOutputs
    /// A format whose files are not written from the beginning to the end.
    case notAStream(OutputFormat)
    /// Some readings are asked for of a dataset in the order of arrival.
    case partOfArrivals

    /// The names of the formats that can be, for a sentence.
    public static var formatNames: String {
        RegisteredFormats.all.filter { $0.isStream }.map { $0.format.rawValue }.joined(separator: ", ")
    }
}
