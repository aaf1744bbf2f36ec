/// The files of a dataset in the making: takes blocks in order, and completes the folder at the end.
final class DatasetFiles {
    private let plan: GenerationPlan
    private let folder: DatasetFolder
    private let recipeText: String
    private var texts: [TextFile] = []
    private var sqlite: SQLiteDatasetFile?
    private let events: OutputFile
    private var eventText = ByteBuffer()
    private var digest: ContentDigest
    private let sensorsCSV: [UInt8]
    private(set) var statistics: DatasetStatistics
    private var eventCounts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    private var eventCount: Int64 = 0
    private(set) var readingsDone: Int64 = 0

    /// Creates the files; `sensorsCSV` is the content of `sensors.csv`.
    init(
        _ plan: GenerationPlan,
        _ encoding: DatasetEncoding,
        sensorsCSV: [UInt8],
        in folder: DatasetFolder
    ) throws(FileError) {
        self.plan = plan
        self.folder = folder
        recipeText = plan.recipeText
        statistics = DatasetStatistics(plan.fleet)
        let sensors = plan.fleet.sensors
        self.sensorsCSV = sensorsCSV
        digest = ContentDigest(sensors: sensorsCSV)
        for parameters in plan.recipe.outputs {
            let output = ReadingOutput(parameters: parameters, of: plan.recipe)
            let path = folder.path(of: output.fileName)
            if let text = encoding.text(of: output) {
                var producer = TextProducer(text)
                texts.append(try TextFile(creating: path, output: output, header: producer.produceHeader()))
            } else {
                sqlite = try SQLiteDatasetFile(
                    creating: path,
                    sensors: sensors,
                    columns: Column.columns(includingTwin: plan.recipe.includesCleanTwin),
                    layout: output.pageLayout,
                    indexes: parameters.indexes,
                    expectedBytes: Self.leastBytes(of: plan, encoding)
                )
            }
        }
        events = try OutputFile(creating: folder.path(of: "events.csv"))
        try events.append([TableColumn<EventRow>].events.csvHeader())
    }

    /// Bytes written so far.
    var bytesWritten: Int64 { texts.reduce(events.size + (sqlite?.size ?? 0)) { $0 + $1.size } }

    /// Appends the next block.
    func append(_ block: EncodedBlock) throws(FileError) {
        for index in texts.indices { try texts[index].append(block.texts[index]) }
        try sqlite?.append(&block.pages)
        if block.events.count > 0 { try append(block.events) }
        digest.append(block.digest)
        if let chunk = block.statistics { statistics.merge(chunk) }
        readingsDone += Int64(block.readingCount)
    }

    private func append(_ newEvents: EncodedEvents) throws(FileError) {
        eventText.removeAll()
        newEvents.appendLines(from: eventCount + 1, to: &eventText)
        try events.append(eventText)
        if let sqlite { try newEvents.appendRecords(from: eventCount + 1, to: sqlite) }
        eventCount += Int64(newEvents.count)
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
            files.append(
                ManifestFile(
                    path: output.fileName,
                    format: output.parameters.format.rawValue,
                    compression: output.compressionName,
                    rows: rows,
                    uncompressedBytes: size
                )
            )
        }
        sums.add(try events.finish(), "events.csv")
        files.append(
            ManifestFile(path: "events.csv", format: "csv", rows: eventCount, uncompressedBytes: events.size)
        )
        bytes += events.size
        let sensorCount = Int64(plan.fleet.sensors.count)
        for (name, format, contents, rows) in [
            ("sensors.csv", "csv", sensorsCSV, sensorCount), ("recipe.yaml", "yaml", recipe, 1),
        ] {
            sums.add(try write(contents, to: name), name)
            files.append(
                ManifestFile(path: name, format: format, rows: rows, uncompressedBytes: Int64(contents.count))
            )
            bytes += Int64(contents.count)
        }

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
        let file = try OutputFile(creating: folder.path(of: name))
        try file.append(bytes)
        return try file.finish()
    }
}
