import DatasetFormats
import DatasetGen

/// The files of a dataset in the making: takes blocks in order, and completes the folder at the end.
final class UnfinishedDataset {
    private let plan: GenerationPlan
    private let folder: DatasetFolder
    private let recipeText: String
    /// By the order of ``DatasetEncoding/parts``, and then the sensors.
    private var sinks: [any PieceSink]
    /// The names of the sinks' sections of the journal.
    private let sectionNames: [String]
    private var digest: ContentDigest
    private var statistics: DatasetStatistics
    private var eventCounts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    private var deliveryCounts = DeliveryCounts()
    /// Blocks written.
    private(set) var blocksDone: Int64 = 0
    /// Blocks generated at a time; the statistics of all of them come with the first one.
    let blocksPerChunk: Int64
    /// The digests of the blocks that came since the last record of the journal, 32 bytes each.
    private var newDigests: [UInt8] = []
    /// Small files that are written and not yet on the disk.
    private var small: [OutputFile] = []

    /// Creates the files, or goes on with those of the folder's interrupted run.
    ///
    /// - Parameters:
    ///   - plan: what is written.
    ///   - encoding: how.
    ///   - recipeText: the content of `recipe.yaml`.
    ///   - sensorsCSV: the content of `sensors.csv`.
    ///   - blocksPerChunk: blocks generated at a time; an interrupted run goes on with as many as it had.
    ///   - folder: where.
    /// - Throws: ``FileError`` when a file cannot be made, or is not as the interrupted run has left it.
    init(
        _ plan: GenerationPlan,
        _ encoding: DatasetEncoding,
        recipeText: String,
        sensorsCSV: [UInt8],
        blocksPerChunk: Int64,
        in folder: DatasetFolder
    ) throws(FileError) {
        self.plan = plan
        self.folder = folder
        self.recipeText = recipeText
        let run = folder.interrupted
        if run != nil { try folder.clear(but: Set(encoding.fileNames + [Journal.fileName])) }
        // At once, and not at the end: other threads are at work now.
        let sensors = try SensorsSink(sensorsCSV, count: plan.fleet.sensors.count, in: folder)
        digest = sensors.contentDigest
        if let run {
            blocksDone = run.blocks
            for begin in stride(from: 0, to: run.digests.count, by: ContentDigest.blockBytes) {
                digest.append(Array(run.digests[begin..<begin + ContentDigest.blockBytes]))
            }
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
        var sinks: [any PieceSink] = [sensors]
        for index in encoding.parts.indices.reversed() {
            sinks.append(try encoding.parts[index].makeErasedSink(in: folder, resuming: sections[index]))
        }
        self.sinks = Array(sinks.dropFirst().reversed()) + [sensors]
        sectionNames = encoding.parts.map { $0.fileNames[0] } + [SensorsSink.fileName]
    }

    /// The sections of the journal that are not a sink's.
    private enum Section {
        static let blocksPerChunk = "blocks per chunk"
        static let eventCounts = "event counts"
        static let deliveryCounts = "delivery counts"
        static let statistics = "statistics"
    }

    /// Readings written.
    var readingsDone: Int64 { min(blocksDone * GenerationPlan.rowsPerBlock, plan.rows.count) }

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
        defer { newDigests.removeAll(keepingCapacity: true) }
        return JournalRecord(blocks: blocksDone, newDigests: newDigests, sections: sections)
    }

    /// Bytes of data written so far.
    var bytesWritten: Int64 { sinks.dropLast().reduce(0) { $0 + $1.size } }

    /// Appends the next block.
    func append(_ block: EncodedBlock) throws(FileError) {
        for (index, piece) in block.pieces.enumerated() { try sinks[index].append(erased: piece) }
        digest.append(block.digest)
        if let chunk = block.statistics { statistics.merge(chunk) }
        for type in eventCounts.indices { eventCounts[type] += block.eventCounts[type] }
        deliveryCounts.merge(block.deliveryCounts)
        newDigests += block.digest
        blocksDone += 1
    }

    /// Completes and publishes the dataset, signed if there is a key.
    func finish(signer: SigningKey? = nil) throws(FileError) -> DatasetSummary {
        let labels = statistics.labels.reduce(into: LabelCounts()) { $0.merge($1) }
        let dataset = FinishedReadings(
            contentSHA256: digest.finalize().text,
            rows: RowTotals(statistics, deliveryCounts, of: plan.recipe),
            recipeText: recipeText
        )
        // The disk is at work on all files while it is waited for the first.
        for flusher in flushers { flusher.begin() }
        var files: [WrittenFile] = []
        for index in sinks.indices { files += try sinks[index].finish(dataset) }
        let recipe = Array(recipeText.utf8)
        let recipeDigest = try write(recipe, to: DatasetNames.recipe)
        files.append(
            WrittenFile(
                entry: .recipe(bytes: Int64(recipe.count)),
                digest: recipeDigest,
                bytes: Int64(recipe.count)
            )
        )
        for script in plan.recipe.scripts { files.append(try write(script)) }
        let packaged = PackagedDataset(
            plan.recipe,
            contentSHA256: dataset.contentSHA256,
            files: files.map { .init(path: $0.entry.path, rows: $0.entry.rows, sha256: $0.digest.text) }
        )
        for description in packaged.descriptions { files.append(try write(description)) }
        try finish(files, dataset, signer)
        return DatasetSummary(
            folder: folder.path,
            readings: plan.rows.count,
            rows: dataset.rows.readings,
            sensors: plan.fleet.sensors.count,
            anomalous: labels.anomalous,
            events: eventCounts.reduce(0, +),
            bytes: files.reduce(0) { $0 + $1.bytes },
            contentSHA256: dataset.contentSHA256
        )
    }

    /// Writes what is about all files, and publishes.
    private func finish(
        _ files: [WrittenFile],
        _ dataset: FinishedReadings,
        _ signer: SigningKey?
    ) throws(FileError) {
        let manifest = Manifest(
            plan: plan,
            recipeSHA256: SHA256Text(of: Array(recipeText.utf8)).text,
            contentSHA256: dataset.contentSHA256,
            statistics: statistics,
            events: eventCounts,
            delivery: deliveryCounts,
            files: files.map(\.entry)
        )
        var sums = SHA256Sums()
        for file in files { sums.add(file.digest, file.entry.path) }
        let text = Array(manifest.json.prettyText.utf8)
        sums.add(try write(text, to: DatasetNames.manifest), DatasetNames.manifest)
        let list = Array(sums.text.utf8)
        _ = try write(list, to: SHA256Sums.fileName)
        if let signer { _ = try write(signer.signature(of: list), to: SHA256Sums.signatureName) }
        for file in small { _ = try file.finish() }
        try folder.publish()
    }

    private func write(_ script: OutputScript) throws(FileError) -> WrittenFile {
        let digest = try write(Array(script.text.utf8), to: script.name)
        return WrittenFile(entry: script.entry, digest: digest, bytes: script.entry.uncompressedBytes)
    }

    /// Writes a small file; all of them are waited for together, as the first wait takes what the others need along.
    private func write(_ bytes: [UInt8], to name: String) throws(FileError) -> SHA256Text {
        let file = try OutputFile(creating: folder.path(of: name), in: folder.fileSystem)
        try file.append(bytes)
        small.append(file)
        return SHA256Text(file.digest)
    }
}
