/// The files of a dataset in the making: takes blocks in order, and completes the folder at the end.
final class DatasetFiles {
    private let plan: GenerationPlan
    private let folder: DatasetFolder
    private let recipeText: String
    private var texts: [TextFile] = []
    private var sqlite: SQLiteReadingsWriter?
    private let events: OutputFile
    private var digest: ContentDigest
    private let sensorsCSV: [UInt8]
    private(set) var statistics: DatasetStatistics
    private var eventCounts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    private var eventCount: Int64 = 0
    private(set) var readingsDone: Int64 = 0

    /// Creates the files.
    ///
    /// - Parameters:
    ///   - plan: what is generated.
    ///   - prepared: its text outputs, in order.
    ///   - folder: where the files go.
    /// - Throws: ``FileError`` when a file cannot be created.
    init(_ plan: GenerationPlan, _ prepared: [PreparedText], in folder: DatasetFolder) throws(FileError) {
        self.plan = plan
        self.folder = folder
        // What only the live mode uses does not shape the data: two machines' logging settings are not two datasets.
        var recipe = plan.recipe
        recipe.live = LiveParameters()
        recipeText = RecipeWriter.text(of: recipe)
        statistics = DatasetStatistics(plan.fleet)
        let sensors = plan.fleet.sensors
        var csv = [TableColumn<Sensor>].sensors.csvHeader()
        for sensor in sensors { csv += [TableColumn<Sensor>].sensors.csvLine(sensor) }
        sensorsCSV = Array(csv.utf8)
        digest = ContentDigest(sensors: sensorsCSV)
        for parameters in plan.recipe.outputs {
            let output = ReadingOutput(parameters: parameters, of: plan.recipe)
            let path = folder.path(of: output.fileName)
            if output.parameters.format != .sqlite {
                let header = TextProducer.header(prepared[texts.count])
                texts.append(try TextFile(creating: path, output: output, header: header))
            } else {
                sqlite = try SQLiteReadingsWriter(
                    creating: path,
                    sensors: sensors,
                    columns: Column.columns(includingTwin: plan.recipe.includesCleanTwin),
                    timestamps: parameters.timestamps,
                    pageSize: parameters.pageSize
                )
            }
        }
        events = try OutputFile(creating: folder.path(of: "events.csv"))
        try events.append(Array([TableColumn<EventRow>].events.csvHeader().utf8))
    }

    /// Bytes written so far; the SQLite file aside, whose pages SQLite writes.
    var bytesWritten: Int64 { texts.reduce(events.size) { $0 + $1.size } }

    /// Appends the next block.
    func append(_ block: EncodedBlock) throws(FileError) {
        for index in texts.indices { try texts[index].append(block.texts[index]) }
        try sqlite?.append(block.generated.readings)
        if !block.generated.events.isEmpty { try append(block.generated.events) }
        digest.append(block.digest)
        statistics.merge(block.generated.statistics)
        readingsDone += Int64(block.generated.readings.count)
    }

    private func append(_ newEvents: [AnomalyEvent]) throws(FileError) {
        var lines = ""
        for event in newEvents {
            eventCount += 1
            eventCounts[Int(event.type.rawValue)] += 1
            let row = EventRow(event, id: eventCount, plan: plan)
            lines += [TableColumn<EventRow>].events.csvLine(row)
            try sqlite?.append(row)
        }
        try events.append(Array(lines.utf8))
    }

    /// Completes and publishes the dataset.
    func finish() throws(FileError) -> DatasetSummary {
        let contentSHA256 = digest.finalize().text
        let recipe = Array(recipeText.utf8)
        let labels = statistics.labels.reduce(into: LabelCounts()) { $0.merge($1) }
        let rows = plan.rows.count - labels.omitted
        var sums = SHA256Sums()
        var files: [ManifestFile] = []
        var bytes: Int64 = 0

        for output in plan.recipe.outputs.map({ ReadingOutput(parameters: $0, of: plan.recipe) }) {
            let path = folder.path(of: output.fileName)
            var size: Int64
            if let index = texts.firstIndex(where: { $0.path == path }) {
                let (digest, uncompressed) = try texts[index].finish()
                sums.add(digest, output.fileName)
                size = uncompressed
                bytes += texts[index].size
            } else {
                try sqlite?.finish(entries: datasetEntries(contentSHA256))
                sqlite = nil
                try FileSystem.flush(file: path)
                sums.add(try SHA256Text(ofFile: path), output.fileName)
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
        _ = try write(Array(sums.text.utf8), to: SHA256Sums.fileName)
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

    private func write(_ bytes: [UInt8], to name: String) throws(FileError) -> SHA256Text {
        let file = try OutputFile(creating: folder.path(of: name))
        try file.append(bytes)
        return try file.finish()
    }

    /// The table `dataset` of the SQLite file: what it takes to know it again without the folder.
    private func datasetEntries(_ contentSHA256: String) -> [(key: String, value: String)] {
        let recipe = plan.recipe
        return [
            ("name", recipe.name), ("description", recipe.description), ("seed", String(recipe.seed)),
            ("start", recipe.grid.start.zonedText), ("end", recipe.grid.end.zonedText),
            ("interval_seconds", recipe.grid.interval.seconds.description), ("order", recipe.order.rawValue),
            ("generator", "gen-dataset"), ("generator_version", Generator.version),
            ("content_sha256", contentSHA256), ("recipe", recipeText),
        ]
    }
}
