import DatasetFormats
package import DatasetGen

/// Makes one dataset of the shards in a folder: checks that all are there and whole, and writes what is about all of them.
///
/// Files of readings stay where they are. `_SUCCESS` comes last: without it the folder holds shards, whatever else there is.
package struct ShardMerge: Sendable {
    /// How to merge.
    package struct Options: Sendable {
        /// Whether the digest of every file is computed again; otherwise its size is looked at.
        package var checksDigests = true
        /// Signs the list of digests; nil for no signature.
        package var signer: SigningKey?

        package init() {}
    }

    private let folder: String
    private let plan: GenerationPlan
    private let options: Options
    private let fileSystem = FileSystem()

    /// A merge of the shards of a plan, whose recipe is that of the folder.
    package init(_ folder: String, _ plan: GenerationPlan, options: Options = Options()) {
        (self.folder, self.plan, self.options) = (ShardedFolder(folder).path, plan, options)
    }

    /// Whether the shards in a folder are merged.
    package static func isDone(_ folder: String) -> Bool { FileSystem.exists(folder + "/" + ShardNames.success) }

    /// Whether the shards of a plan in a folder are merged, and one of them with the others.
    ///
    /// - Throws: ``FileError`` where those of another recipe, or of another number, are in it.
    package static func isDone(_ folder: String, _ plan: GenerationPlan, with shard: Shard) throws(FileError) -> Bool {
        guard isDone(folder) else { return false }
        try ShardedFolder(folder).checkRecipe(of: plan)
        let count = try DatasetListing(folder: folder)?.shardCount ?? shard.count
        guard count == shard.count else {
            throw FileError(
                .create,
                folder,
                reason:
                    "it is merged of \(count.grouped(of: "shard")), and this is \(shard.text): all shards of a folder are of one "
                    + "number"
            )
        }
        return true
    }

    /// Whether there are shards in a folder that are not merged.
    package static func isPending(_ folder: String) -> Bool {
        guard !isDone(folder), let names = try? FileSystem.contents(of: folder) else { return false }
        return names.contains { ShardNames.isRecord($0) }
    }

    /// Checks all shards, and completes the dataset.
    ///
    /// - Throws: ``ShardProblems``; then nothing has changed. ``FileError``; then it can be begun again.
    package func merge() throws -> DatasetSummary {
        var inventory = ShardInventory(folder, plan)
        let records = try inventory.records(checkingDigests: options.checksDigests)
        let working = try DatasetFolder(folder + "/" + Self.workingName, .init(replacesExisting: true), in: fileSystem)
        do {
            let summary = try complete(records, in: working)
            try checkDescriptions(in: working)
            try publish(working, records)
            return summary
        } catch {
            working.discard()
            throw error
        }
    }

    /// The folder in which it writes, without its suffix `.partial`.
    static let workingName = "merge"

    private func complete(_ records: [ShardRecord], in working: DatasetFolder) throws(FileError) -> DatasetSummary {
        var digest = ContentDigest(of: plan)
        var (statistics, delivery) = (DatasetStatistics(plan.fleet), DeliveryCounts())
        var events = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
        for record in records {
            digest.append(record.blockDigests)
            statistics.merge(record.statistics)
            delivery.merge(record.deliveryCounts)
            for type in events.indices { events[type] += record.eventCounts[type] }
        }
        let completion = DatasetCompletion(
            plan: plan,
            recipeText: plan.recipeText,
            contentSHA256: digest.finalize().text,
            statistics: statistics,
            eventCounts: events,
            deliveryCounts: delivery,
            shardCount: records.count
        )
        var files = records[0].files.indices
            .flatMap { index in records.map { $0.files[index] }.filter { !$0.isTable }.map { WrittenFile($0) } }
        files += try writeTables(records, completion.readings, in: working)
        return completion.summary(folder, try completion.write(beside: files, signer: options.signer, in: working))
    }

    /// Writes the events, numbered, what has happened to readings on their way, the sensors and the phenomena.
    private func writeTables(
        _ records: [ShardRecord],
        _ readings: FinishedReadings,
        in working: DatasetFolder
    ) throws(FileError) -> [WrittenFile] {
        let beside = plan.recipe.outputs.flatMap { ReadingOutput(parameters: $0, of: plan).makeTableParts(of: plan) }
        let parts: [any DatasetPart] = [EventsPart(plan)] + beside
        var encoders: [any BlockEncoder] = parts.map { $0.makeEncoder() }
        var sinks: [any PieceSink] = []
        for part in parts { sinks.append(try part.makeErasedSink(in: working, resuming: nil)) }
        let pieces = encoders.map { $0.makeErasedPiece() }
        for begin in stride(from: 0, to: plan.rows.count, by: Int(Self.readingsPerPass)) {
            let events = plan.events(beginningAt: begin..<min(begin + Self.readingsPerPass, plan.rows.count))
            let block = EncodableBlock(
                readings: ReadingBlock().slice,
                events: EventRows(events, of: plan)
            )
            for index in parts.indices {
                encoders[index].encode(block, intoErased: pieces[index])
                try sinks[index].append(erased: pieces[index])
            }
        }
        var files: [WrittenFile] = []
        for index in sinks.indices {
            files += try sinks[index].finish(readings)
            if index == 0 { files += try joinDelivery(records, in: working) }
        }
        for table in plan.wholeTables(sensorsCSV: plan.sensorsCSV()) {
            files += try WholeTableSink(table, in: working).finish(readings)
        }
        return files
    }

    /// Readings whose events are in memory at a time.
    private static let readingsPerPass: Int64 = 1 << 22

    /// Puts the parts of `delivery.csv` together, whose headers are the same.
    private func joinDelivery(_ records: [ShardRecord], in working: DatasetFolder) throws(FileError) -> [WrittenFile] {
        guard plan.recipe.delivery != nil else { return [] }
        let file = try OutputFile(creating: working.path(of: DeliveryPart.fileName), in: fileSystem)
        let header = DeliveryPart(plan).header
        try file.append(header)
        var rows: Int64 = 0
        for record in records {
            for part in record.files where part.isTable {
                rows += part.entry.rows
                let reader = try FileReader(path: folder + "/" + part.entry.path)
                var piece = Array(try reader.next().dropFirst(header.count))
                while !piece.isEmpty {
                    try file.append(piece)
                    piece = try reader.next()
                }
            }
        }
        let digest = try file.finish()
        let entry = ManifestFile.table(
            DeliveryPart.fileName,
            plan.recipe.deliveryTimestamps,
            rows: rows,
            bytes: file.size
        )
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }

    /// Throws if someone's own file, `README.md` above all, is where one that describes the dataset comes to be.
    private func checkDescriptions(in working: DatasetFolder) throws(FileError) {
        for name in plan.recipe.packages.map(\.fileName) where FileSystem.exists(folder + "/" + name) {
            // A merge that was interrupted has left the same.
            let own = try StoredFile(path: working.path(of: name)).contents()
            guard try StoredFile(path: folder + "/" + name).contents() != own else { continue }
            throw FileError(.create, folder + "/" + name, reason: "it exists, and is of no shard; move it away")
        }
    }

    /// Gives what was written its place, says that it is complete, and removes what is no longer needed.
    private func publish(_ working: DatasetFolder, _ records: [ShardRecord]) throws(FileError) {
        let last = [DatasetNames.manifest, SHA256Sums.fileName, SHA256Sums.signatureName]
        let names = try FileSystem.contents(of: working.partialPath).filter { $0 != FolderLock.fileName }
        for name in names.filter({ !last.contains($0) }) + last.filter(names.contains) {
            try fileSystem.move(working.path(of: name), to: folder + "/" + name)
        }
        try fileSystem.flush(folder: folder)
        let mark = try fileSystem.open(folder + "/" + ShardNames.success, .creating)
        try mark.flush()
        try mark.close()
        try fileSystem.flush(folder: folder)
        for record in records {
            for file in record.files where file.isTable {
                try fileSystem.remove(file: folder + "/" + file.entry.path)
            }
            try fileSystem.remove(file: folder + "/" + ShardNames(record.shard).record)
        }
        if plan.recipe.delivery != nil {
            try fileSystem.remove(emptyFolder: folder + "/" + ShardNames.folder(of: DeliveryPart.fileName))
        }
        working.discard()
    }
}

extension WrittenFile {
    /// A file of a shard.
    init(_ file: ShardRecord.File) {
        self.init(entry: file.entry, digest: SHA256Text(text: file.sha256), bytes: file.bytes)
    }
}
