import DatasetFormats
import DatasetGen

/// What is known of a dataset when all its files of readings and events are complete, and the files that are about all of them.
struct DatasetCompletion {
    let plan: GenerationPlan
    /// The content of `recipe.yaml`.
    let recipeText: String
    let contentSHA256: String
    let statistics: DatasetStatistics
    /// Events per ``AnomalyType/rawValue``.
    let eventCounts: [Int64]
    let deliveryCounts: DeliveryCounts
    /// How many shards each file of readings is in; nil for undivided ones.
    var shardCount: Int?

    /// What files of readings say of the dataset.
    var readings: FinishedReadings {
        FinishedReadings(
            content: .dataset(sha256: contentSHA256),
            rows: RowTotals(statistics, deliveryCounts, of: plan.recipe),
            recipeText: recipeText
        )
    }

    /// Writes the recipe, what describes the dataset to others, the manifest, and the list of digests, signed if there is a key.
    ///
    /// - Parameters:
    ///   - files: all files of readings, events and sensors.
    ///   - signer: signs the list.
    ///   - folder: where the dataset is made.
    /// - Returns: the files and those that were written beside them, but for the manifest and the list.
    /// - Throws: ``FileError``.
    func write(
        beside files: [WrittenFile],
        signer: SigningKey?,
        in folder: DatasetFolder
    ) throws(FileError) -> [WrittenFile] {
        var (files, small) = (files, SmallFiles(in: folder))
        let recipe = Array(recipeText.utf8)
        files.append(
            WrittenFile(
                entry: .recipe(bytes: Int64(recipe.count)),
                digest: try small.write(recipe, to: DatasetNames.recipe),
                bytes: Int64(recipe.count)
            )
        )
        if let recording = plan.recipe.recording { files.append(try small.copy(recording)) }
        for script in plan.recipe.scripts(shardCount: shardCount) { files.append(try small.write(script)) }
        let packaged = PackagedDataset(
            plan.recipe,
            contentSHA256: contentSHA256,
            files: files.map { .init(path: $0.entry.path, rows: $0.entry.rows, sha256: $0.digest.text) }
        )
        for description in packaged.descriptions { files.append(try small.write(description)) }
        let manifest = Manifest(
            plan: plan,
            recipeSHA256: SHA256Text(of: recipe).text,
            contentSHA256: contentSHA256,
            statistics: statistics,
            events: eventCounts,
            delivery: deliveryCounts,
            files: files.map(\.entry)
        )
        var sums = SHA256Sums()
        for file in files { sums.add(file.digest, file.entry.path) }
        let text = Array(manifest.json.prettyText.utf8)
        sums.add(try small.write(text, to: DatasetNames.manifest), DatasetNames.manifest)
        let list = Array(sums.text.utf8)
        _ = try small.write(list, to: SHA256Sums.fileName)
        if let signer { _ = try small.write(signer.signature(of: list), to: SHA256Sums.signatureName) }
        try small.finish()
        return files
    }

    /// What the run has to say of `files`, as they lie in `folder`.
    func summary(_ folder: String, _ files: [WrittenFile]) -> DatasetSummary {
        DatasetSummary(
            folder,
            content: .dataset(sha256: contentSHA256),
            of: plan,
            statistics,
            rows: readings.rows.readings,
            eventCounts: eventCounts,
            bytes: files.reduce(0) { $0 + $1.bytes }
        )
    }
}
