package import DatasetGen

/// What a shard is, so that it can be merged with the others without its readings: `shard-00003.json`.
///
/// Nothing of the machine, the clock or the run is in it.
package struct ShardRecord: Sendable {
    /// A file of the shard.
    package struct File: Sendable {
        /// What the manifest says of it, with its place in the folder of the dataset.
        package var entry: ManifestFile
        /// 64 hexadecimal digits.
        package let sha256: String
        /// Its size.
        package let bytes: Int64

        /// What it is a part of.
        var name: String { ShardNames.name(ofPath: entry.path) }

        /// Whether the parts of its name become one file when shards are merged.
        var isTable: Bool { ShardNames.isTable(name) }
    }

    /// What it is called until the shard is complete.
    static let fileName = "shard.json"

    /// The version of the record's own layout.
    private static let formatVersion = 1

    package let shard: Shard
    /// Its blocks.
    package let blocks: Range<Int64>
    /// The version of the program that has made it.
    package let generatorVersion: String
    package let recipeSHA256: String
    /// Of its readings.
    package let statistics: DatasetStatistics
    /// Events that begin in it, per ``AnomalyType/rawValue``.
    package let eventCounts: [Int64]
    package let deliveryCounts: DeliveryCounts
    /// The digests of its blocks, 32 bytes each.
    package let blockDigests: [UInt8]
    package let files: [File]

    /// That of a shard whose files are complete, under the names that they have in its working folder.
    init(
        _ scope: RunScope,
        _ shard: Shard,
        recipeSHA256: String,
        statistics: DatasetStatistics,
        eventCounts: [Int64],
        deliveryCounts: DeliveryCounts,
        blockDigests: [UInt8],
        files: [WrittenFile]
    ) {
        (self.shard, blocks, generatorVersion) = (shard, scope.blocks, Generator.version)
        self.recipeSHA256 = recipeSHA256
        (self.statistics, self.eventCounts, self.deliveryCounts) = (statistics, eventCounts, deliveryCounts)
        self.blockDigests = blockDigests
        self.files = files.map { file in
            var entry = file.entry
            entry.path = ShardNames(shard).path(of: entry.path)
            return File(entry: entry, sha256: file.digest.text, bytes: file.bytes)
        }
    }

    /// Rows of its files of readings, in the wide layout.
    package func rows(of recipe: Recipe) -> Int64 { RowTotals(statistics, deliveryCounts, of: recipe).readings }

    /// What the run has to say of the shard, whose files are in `folder`.
    func summary(_ folder: String, of plan: GenerationPlan) -> DatasetSummary {
        DatasetSummary(
            folder,
            content: .shard(shard),
            of: plan,
            statistics,
            rows: rows(of: plan.recipe),
            eventCounts: eventCounts,
            bytes: files.reduce(0) { $0 + $1.bytes }
        )
    }

    /// The record as JSON.
    package func json(_ plan: GenerationPlan) -> JSONValue {
        let readings = plan.positions(ofBlocks: blocks).count
        let events = AnomalyType.allCases.map { type in
            JSONValue.Member(key: type.name, value: .integer(eventCounts[Int(type.rawValue)]))
        }
        return [
            "format_version": .integer(Self.formatVersion),
            "generator": ["name": .string(Generator.name), "version": .string(generatorVersion)],
            "shard": [
                "index": .integer(shard.index), "count": .integer(shard.count),
                "first_block": .integer(blocks.lowerBound), "blocks": .integer(blocks.count),
                "first_reading": .integer(blocks.lowerBound * GenerationPlan.rowsPerBlock + 1),
                "readings": .integer(readings),
            ],
            "recipe_sha256": .string(recipeSHA256),
            "rows": .integer(rows(of: plan.recipe)),
            "statistics": statistics.json(plan.recipe.schema),
            "events": .object(events),
            "delivery": deliveryCounts.json,
            "files": .array(
                files.map { file in
                    file.entry.json.adding("bytes", .integer(file.bytes)).adding("sha256", .string(file.sha256))
                }
            ),
            "block_digests": .string(blockDigests.hexText),
        ]
    }
}

extension ShardRecord {
    /// Which shard a record is of, and of which recipe: what can be told without its plan.
    package struct Head: Sendable {
        package let shard: Shard
        package let blocks: Range<Int64>
        package let recipeSHA256: String
        package let generatorVersion: String

        /// Blocks of more readings than any dataset has.
        private static let greatest: Int64 = 1 << 48

        /// Nil if the text is no record of a shard.
        package init?(_ json: JSONValue) {
            guard json["format_version"]?.integerValue == Int64(ShardRecord.formatVersion),
                json["generator"]?["name"]?.stringValue == Generator.name,
                let version = json["generator"]?["version"]?.stringValue,
                let index = json["shard"]?["index"]?.integerValue, let count = json["shard"]?["count"]?.integerValue,
                let shard = Shard(Int(clamping: index), of: Int(clamping: count)),
                let first = json["shard"]?["first_block"]?.integerValue,
                let blockCount = json["shard"]?["blocks"]?.integerValue,
                (0...Self.greatest).contains(first), (0...Self.greatest).contains(blockCount),
                let recipe = json["recipe_sha256"]?.stringValue
            else { return nil }
            (self.shard, blocks, recipeSHA256, generatorVersion) = (shard, first..<first + blockCount, recipe, version)
        }
    }

    /// Reads ``json(_:)`` of a shard of a plan; nil if it is something else.
    package init?(_ json: JSONValue, of plan: GenerationPlan) {
        guard let head = Head(json),
            let statistics = json["statistics"].flatMap({ DatasetStatistics($0, of: plan.fleet) }),
            let delivery = json["delivery"].flatMap({ DeliveryCounts($0) }),
            let digests = json["block_digests"]?.stringValue.flatMap({ [UInt8](hexText: $0) }),
            digests.count == head.blocks.count * ContentDigest.blockBytes,
            head.blocks.upperBound <= plan.blockCount,
            statistics.areOf(Int64(plan.positions(ofBlocks: head.blocks).count))
        else { return nil }
        (shard, blocks, recipeSHA256) = (head.shard, head.blocks, head.recipeSHA256)
        (generatorVersion, blockDigests) = (head.generatorVersion, digests)
        (self.statistics, deliveryCounts) = (statistics, delivery)
        var events = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
        for type in AnomalyType.allCases {
            guard let count = json["events"]?[type.name]?.integerValue,
                (0...Int64(plan.positions(ofBlocks: head.blocks).count)).contains(count)
            else { return nil }
            events[Int(type.rawValue)] = count
        }
        eventCounts = events
        let entries = json["files"]?.elements ?? []
        files = entries.compactMap { json in
            guard let entry = ManifestFile(json), let bytes = json["bytes"]?.integerValue,
                let digest = json["sha256"]?.stringValue, digest.utf8.count == 64,
                (0...Int64(1) << 46).contains(entry.rows), entry.uncompressedBytes >= 0
            else { return nil }
            return File(entry: entry, sha256: digest, bytes: bytes)
        }
        guard files.count == entries.count, !files.isEmpty else { return nil }
    }
}
