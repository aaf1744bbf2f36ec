import DatasetFormats
import DatasetGen

/// The files of a dataset in the making: takes blocks in order, and completes the folder at the end.
final class UnfinishedDataset {
    private let plan: GenerationPlan
    private let folder: DatasetFolder
    private let recipeText: String
    private let scope: RunScope
    /// By the order of ``DatasetEncoding/parts``, and then, but for a shard, the tables that are known without readings.
    private var sinks: [any PieceSink]
    /// The sinks of parts.
    private let partCount: Int
    /// The digest of `sensors.csv`; nil for a shard, which has none.
    private let sensorsDigest: SHA256Digest?
    /// The names of the sinks' sections of the journal.
    private let sectionNames: [String]
    private var statistics: DatasetStatistics
    private var eventCounts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    private var deliveryCounts = DeliveryCounts()
    /// Blocks written.
    private(set) var blocksDone: Int64 = 0
    /// Blocks generated at a time; the statistics of all of them come with the first one.
    let blocksPerChunk: Int64
    /// The digests of all blocks, 32 bytes each, and how many of these bytes the journal has.
    private var (digests, recordedBytes): ([UInt8], Int) = ([], 0)

    /// Creates the files, or goes on with those of the folder's interrupted run.
    ///
    /// - Parameters:
    ///   - plan: what is written.
    ///   - scope: how much of it.
    ///   - encoding: how.
    ///   - recipeText: the content of `recipe.yaml`.
    ///   - sensorsCSV: the content of `sensors.csv`.
    ///   - blocksPerChunk: blocks generated at a time; an interrupted run goes on with as many as it had.
    ///   - folder: where.
    /// - Throws: ``FileError`` when a file cannot be made, or is not as the interrupted run has left it.
    init(
        _ plan: GenerationPlan,
        _ scope: RunScope,
        _ encoding: DatasetEncoding,
        recipeText: String,
        sensorsCSV: [UInt8],
        blocksPerChunk: Int64,
        in folder: DatasetFolder
    ) throws(FileError) {
        (self.plan, self.scope) = (plan, scope)
        self.folder = folder
        self.recipeText = recipeText
        let run = folder.interrupted
        if run != nil { try folder.clear(but: Set(encoding.fileNames + [Journal.fileName])) }
        // At once, and not at the end: other threads are at work now.
        var tables: [WholeTableSink] = []
        if scope.shard == nil {
            for table in plan.wholeTables(sensorsCSV: sensorsCSV) {
                tables.append(try WholeTableSink(table, in: folder))
            }
        }
        sensorsDigest = tables.first?.digest
        if let run {
            (blocksDone, digests, recordedBytes) = (run.blocks, run.digests, run.digests.count)
        }
        var sections: [StateReader?] = encoding.parts.map { _ in nil }
        do throws(StateError) {
            if let run {
                self.blocksPerChunk = try run.sections.state(Section.blocksPerChunk)
                eventCounts = try run.sections.state(Section.eventCounts)
                deliveryCounts = try run.sections.state(Section.deliveryCounts)
                var state = try run.sections.reader(Section.statistics)
                statistics = try DatasetStatistics(plan.fleet, from: &state)
                for (index, part) in encoding.parts.enumerated() {
                    sections[index] = try run.sections.reader(part.fileNames[0])
                }
            } else {
                self.blocksPerChunk = blocksPerChunk
                statistics = DatasetStatistics(plan.fleet)
            }
        } catch { throw FileError(changed: folder.path(of: Journal.fileName)) }
        // Small files first: the database takes the longest to make.
        var sinks: [any PieceSink] = []
        for index in encoding.parts.indices.reversed() {
            sinks.append(try encoding.parts[index].makeErasedSink(in: folder, resuming: sections[index]))
        }
        self.sinks = sinks.reversed() + tables
        partCount = sinks.count
        sectionNames = encoding.parts.map { $0.fileNames[0] } + tables.map(\.name)
    }

    /// The sections of the journal that are not a sink's.
    private enum Section {
        static let blocksPerChunk = "blocks per chunk"
        static let eventCounts = "event counts"
        static let deliveryCounts = "delivery counts"
        static let statistics = "statistics"
    }

    /// Readings written.
    var readingsDone: Int64 { min(blocksDone * GenerationPlan.rowsPerBlock, Int64(scope.positions.count)) }

    /// Whether a run can go on from here.
    var canBeStored: Bool { sinks.allSatisfy { $0.canBeStored } }

    /// Makes what is written so far safe.
    var flushers: [FileFlusher] { sinks.flatMap { $0.flushers } }

    /// The next record of the journal: how far the files have come.
    func takeRecord() -> JournalRecord {
        var sections = StateSections()
        sections.store(Section.blocksPerChunk) { $0.append(blocksPerChunk) }
        sections.store(Section.eventCounts) { $0.append(eventCounts) }
        sections.store(Section.deliveryCounts) { $0.append(deliveryCounts) }
        sections.store(Section.statistics) { statistics.store(in: &$0) }
        for (index, name) in sectionNames.enumerated() {
            sections.store(name) { sinks[index].store(in: &$0) }
            sections.storeGrowth(name) { sinks[index].storeGrowth(in: &$0) }
        }
        defer { recordedBytes = digests.count }
        return JournalRecord(blocks: blocksDone, newDigests: Array(digests[recordedBytes...]), sections: sections)
    }

    /// Bytes of data written so far.
    var bytesWritten: Int64 { sinks.prefix(partCount).reduce(0) { $0 + $1.size } }

    /// Appends the next block.
    func append(_ block: EncodedBlock) throws(FileError) {
        for (index, piece) in block.pieces.enumerated() { try sinks[index].append(erased: piece) }
        if let chunk = block.statistics { statistics.merge(chunk) }
        for type in eventCounts.indices { eventCounts[type] += block.eventCounts[type] }
        deliveryCounts.merge(block.deliveryCounts)
        digests += block.digest
        blocksDone += 1
    }

    /// Completes and publishes the dataset, signed if there is a key, or the shard.
    func finish(signer: SigningKey?) throws(FileError) -> DatasetSummary {
        guard let sensorsDigest else { return try finishShard() }
        var digest = ContentDigest(sensors: sensorsDigest)
        digest.append(digests)
        let completion = DatasetCompletion(
            plan: plan,
            recipeText: recipeText,
            contentSHA256: digest.finalize().text,
            statistics: statistics,
            eventCounts: eventCounts,
            deliveryCounts: deliveryCounts
        )
        let files = try completion.write(beside: try finish(completion.readings), signer: signer, in: folder)
        try folder.publish()
        return completion.summary(folder.path, files)
    }

    private func finishShard() throws(FileError) -> DatasetSummary {
        guard let shard = scope.shard else { preconditionFailure("a dataset without sensors.csv") }
        let readings = FinishedReadings(
            content: .shard(shard),
            rows: RowTotals(statistics, deliveryCounts, of: plan.recipe),
            recipeText: recipeText
        )
        let record = ShardRecord(
            scope,
            shard,
            recipeSHA256: SHA256Text(of: Array(recipeText.utf8)).text,
            statistics: statistics,
            eventCounts: eventCounts,
            deliveryCounts: deliveryCounts,
            blockDigests: digests,
            files: try finish(readings)
        )
        try folder.publish(record, recipeText: recipeText, of: plan)
        return record.summary(folder.parent, of: plan)
    }

    private func finish(_ readings: FinishedReadings) throws(FileError) -> [WrittenFile] {
        // The disk is at work on all files while it is waited for the first.
        for flusher in flushers { flusher.begin() }
        var files: [WrittenFile] = []
        for index in sinks.indices { files += try sinks[index].finish(readings) }
        return files
    }
}
