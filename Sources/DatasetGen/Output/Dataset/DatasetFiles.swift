/// The files of a dataset in the making: takes blocks in order, and completes the folder at the end.
final class DatasetFiles {
    private let plan: GenerationPlan
    private let folder: DatasetFolder
    private let recipeText: String
    private var texts: [TextFile] = []
    private var sqlite: SQLiteDatasetFile?
    private let sensors: OutputFile
    private let events: OutputFile
    private var eventText = ByteBuffer()
    private var digest: ContentDigest
    private(set) var statistics: DatasetStatistics
    private var eventCounts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    /// Blocks written.
    private(set) var blocksDone: Int64 = 0
    /// Blocks generated at a time; the statistics of all of them come with the first one.
    let blocksPerChunk: Int64
    /// The digests of the blocks that came since the last record of the journal, 32 bytes each.
    private var newDigests: [UInt8] = []

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
        var state = StateReader(run?.state ?? [])
        let eventsPath = folder.path(of: "events.csv")
        if run != nil {
            let names = plan.recipe.outputs.map { ReadingOutput(parameters: $0, of: plan.recipe).fileName }
            try folder.clear(but: Set(names + ["events.csv", Journal.fileName]))
        }
        // At once, and not at the end: other threads are at work now.
        sensors = try OutputFile(creating: folder.path(of: "sensors.csv"), in: folder.fileSystem)
        try sensors.append(sensorsCSV)
        digest = ContentDigest(sensors: sensors.digest)
        if let run {
            blocksDone = run.blocks
            for begin in stride(from: 0, to: run.digests.count, by: ContentDigest.blockBytes) {
                digest.append(Array(run.digests[begin..<begin + ContentDigest.blockBytes]))
            }
            do throws(StateError) {
                self.blocksPerChunk = try state.next()
                statistics = try DatasetStatistics(plan.fleet, from: &state)
                eventCounts = try state.next()
            } catch { throw FileError(changed: folder.path(of: Journal.fileName)) }
            events = try OutputFile(resuming: eventsPath, from: &state, in: folder.fileSystem)
        } else {
            self.blocksPerChunk = blocksPerChunk
            statistics = DatasetStatistics(plan.fleet)
            events = try OutputFile(creating: eventsPath, in: folder.fileSystem)
            try events.append([TableColumn<EventRow>].events(plan.recipe.eventTimestamps).csvHeader())
        }
        for text in encoding.texts {
            let path = folder.path(of: text.output.fileName)
            if run != nil {
                texts.append(try TextFile(resuming: path, from: &state, in: folder.fileSystem))
            } else {
                var producer = TextProducer(text)
                let header = producer.produceHeader()
                texts.append(
                    try TextFile(creating: path, output: text.output, header: header, in: folder.fileSystem)
                )
            }
        }
        if let (output, content) = Self.databaseContent(of: plan, encoding) {
            let path = folder.path(of: output.fileName)
            sqlite =
                run == nil
                ? try SQLiteDatasetFile(creating: path, content, in: folder.fileSystem)
                : try SQLiteDatasetFile(resuming: path, content, from: &state, in: folder.fileSystem)
        }
    }

    /// What the SQLite file is made of; nil if there is none.
    private static func databaseContent(
        of plan: GenerationPlan,
        _ encoding: DatasetEncoding
    ) -> (output: ReadingOutput, content: SQLiteDatasetFile.Content)? {
        guard let parameters = plan.recipe.outputs.first(where: { $0.format == .sqlite }) else { return nil }
        let output = ReadingOutput(parameters: parameters, of: plan.recipe)
        let content = SQLiteDatasetFile.Content(
            sensors: plan.fleet.sensors,
            columns: Column.columns(includingTwin: plan.recipe.includesCleanTwin),
            timestamps: parameters.timestamps,
            layout: output.pageLayout,
            indexes: parameters.indexes,
            expectedBytes: leastBytes(of: plan, encoding)
        )
        return (output, content)
    }

    /// Readings written.
    var readingsDone: Int64 { min(blocksDone * GenerationPlan.rowsPerBlock, plan.rows.count) }

    /// Makes what is written so far safe.
    var flushers: [FileFlusher] {
        texts.map(\.flusher) + [events.flusher, sensors.flusher] + (sqlite.map { [$0.flusher] } ?? [])
    }

    /// The next record of the journal: how far the files have come.
    func takeRecord() -> [UInt8] {
        var state = StateWriter()
        state.append(blocksDone)
        state.append(newDigests)
        state.append(blocksPerChunk)
        statistics.store(in: &state)
        state.append(eventCounts)
        events.store(in: &state)
        for text in texts { text.store(in: &state) }
        sqlite?.store(in: &state)
        newDigests.removeAll(keepingCapacity: true)
        return state.bytes
    }

    /// Events written.
    private var eventCount: Int64 { eventCounts.reduce(0, +) }

    /// Bytes written so far.
    var bytesWritten: Int64 { texts.reduce(events.size + (sqlite?.size ?? 0)) { $0 + $1.size } }

    /// Appends the next block.
    func append(_ block: EncodedBlock) throws(FileError) {
        for index in texts.indices { try texts[index].append(block.texts[index]) }
        try sqlite?.append(&block.pages)
        if block.events.count > 0 { try append(block.events) }
        digest.append(block.digest)
        if let chunk = block.statistics { statistics.merge(chunk) }
        newDigests += block.digest
        blocksDone += 1
    }

    private func append(_ newEvents: EncodedEvents) throws(FileError) {
        let first = eventCount + 1
        eventText.removeAll()
        newEvents.appendLines(from: first, to: &eventText)
        try events.append(eventText)
        if let sqlite { try newEvents.appendRecords(from: first, to: sqlite) }
        for type in eventCounts.indices { eventCounts[type] += newEvents.counts[type] }
    }

    /// Completes and publishes the dataset, signed if there is a key.
    func finish(signer: SigningKey? = nil) throws(FileError) -> DatasetSummary {
        let contentSHA256 = digest.finalize().text
        let recipe = Array(recipeText.utf8)
        let labels = statistics.labels.reduce(into: LabelCounts()) { $0.merge($1) }
        let rows = plan.rows.count - labels.omitted
        var sums = SHA256Sums()
        var files: [ManifestFile] = []
        var bytes: Int64 = 0

        for output in plan.recipe.outputs.map({ ReadingOutput(parameters: $0, of: plan.recipe) }) {
            let path = folder.path(of: output.fileName)
            let size: Int64
            if let index = texts.firstIndex(where: { $0.path == path }) {
                let (digest, uncompressed) = try texts[index].finish()
                sums.add(digest, output.fileName)
                size = uncompressed
                bytes += texts[index].size
            } else {
                let entries = plan.databaseEntries(contentSHA256: contentSHA256, recipeText: recipeText)
                if let sqlite { sums.add(try sqlite.finish(entries: entries), output.fileName) }
                size = try FileSystem.size(ofFile: path)
                bytes += size
            }
            files.append(ManifestFile(output, rows: rows, uncompressedBytes: size))
        }
        sums.add(try events.finish(), "events.csv")
        files.append(.events(of: plan.recipe, rows: eventCount, uncompressedBytes: events.size))
        bytes += events.size
        let sensorCount = Int64(plan.fleet.sensors.count)
        sums.add(try sensors.finish(), "sensors.csv")
        files.append(
            ManifestFile(path: "sensors.csv", format: "csv", rows: sensorCount, uncompressedBytes: sensors.size)
        )
        bytes += sensors.size
        sums.add(try write(recipe, to: "recipe.yaml"), "recipe.yaml")
        files.append(
            ManifestFile(path: "recipe.yaml", format: "yaml", rows: 1, uncompressedBytes: Int64(recipe.count))
        )
        bytes += Int64(recipe.count)

        let manifest = Manifest(
            plan: plan,
            recipeSHA256: SHA256Text(of: recipe).text,
            contentSHA256: contentSHA256,
            statistics: statistics,
            events: eventCounts,
            files: files
        )
        sums.add(try write(Array(manifest.json.prettyText.utf8), to: "manifest.json"), "manifest.json")
        let list = Array(sums.text.utf8)
        _ = try write(list, to: SHA256Sums.fileName)
        if let signer { _ = try write(signer.signature(of: list), to: SHA256Sums.signatureName) }
        try folder.publish()
        return DatasetSummary(
            folder: folder.path,
            readings: plan.rows.count,
            rows: rows,
            sensors: plan.fleet.sensors.count,
            anomalous: labels.anomalous,
            events: eventCount,
            bytes: bytes,
            contentSHA256: contentSHA256
        )
    }

    /// About as many bytes as the SQLite file will have at least.
    private static func leastBytes(of plan: GenerationPlan, _ encoding: DatasetEncoding) -> Int64 {
        let bytes = Double(plan.rows.count) * (encoding.pages?.meanRowBytes ?? 0)
        // Missing rows and readings make it smaller, and more events may come than are expected.
        return Int64(bytes * max(0, 1 - 1.5 * AskedShares(plan).share(of: .missingData)) * 31 / 32)
    }

    private func write(_ bytes: [UInt8], to name: String) throws(FileError) -> SHA256Text {
        let file = try OutputFile(creating: folder.path(of: name), in: folder.fileSystem)
        try file.append(bytes)
        return try file.finish()
    }
}
