import DatasetFormats
import DatasetGen

/// What is in a folder of shards, and what is missing or wrong there.
struct ShardInventory {
    private let folder: String
    private let plan: GenerationPlan
    private var problems = ShardProblems()

    init(_ folder: String, _ plan: GenerationPlan) { (self.folder, self.plan) = (folder, plan) }

    /// All shards in their order.
    ///
    /// - Throws: ``ShardProblems`` unless each is there once, whole, and of the same dataset, and nothing else is.
    mutating func records(checkingDigests: Bool) throws -> [ShardRecord] {
        let names = try FileSystem.contents(of: folder)
        let records = try readRecords(names.filter(ShardNames.isRecord))
        let count = records.first?.shard.count ?? 0
        checkCompleteness(records, count, names)
        checkNames(names, records)
        if problems.isEmpty { check(records, checkingDigests) }
        if !problems.isEmpty { throw problems }
        return records
    }

    private mutating func readRecords(_ names: [String]) throws(FileError) -> [ShardRecord] {
        if names.isEmpty { problems.add("there is no shard in it") }
        let digest = SHA256Text(of: Array(plan.recipeText.utf8)).text
        let (folder, plan) = (folder, plan)
        let read = inParallel(names.count, atLeast: 4) { range in
            names[range]
                .map { name -> (String, ShardRecord.Head?, ShardRecord?) in
                    guard let bytes = try? StoredFile(path: folder + "/" + name).contents(limit: Self.longestRecord),
                        let json = JSONValue(parsing: bytes)
                    else { return (name, nil, nil) }
                    return (name, ShardRecord.Head(json), ShardRecord(json, of: plan))
                }
        }
        var records: [ShardRecord] = []
        for (name, head, record) in read.flatMap({ $0 }) {
            guard let head else {
                problems.add("\(name) does not say what a shard is")
                continue
            }
            if head.generatorVersion != Generator.version {
                problems.add("\(name) is by gen-dataset \(head.generatorVersion), and this is \(Generator.version)")
            } else if head.recipeSHA256 != digest {
                problems.add("\(name) is of another recipe")
            } else if ShardNames(head.shard).record != name {
                problems.add("\(name) is of shard \(head.shard.text): it was copied or renamed")
            } else if head.blocks != plan.blocks(of: head.shard) {
                problems.add("\(name) is damaged: shard \(head.shard.text) has other blocks")
            } else if let record {
                records.append(record)
            } else {
                problems.add("\(name) is damaged")
            }
        }
        return records
    }

    /// Bytes: the digests of a trillion readings, and more.
    private static let longestRecord = 16 << 30

    private mutating func checkCompleteness(_ records: [ShardRecord], _ count: Int, _ names: [String]) {
        for record in records where record.shard.count != count {
            problems.add("\(ShardNames(record.shard).record) is one of \(record.shard.count), others of \(count)")
        }
        let there = Set(records.map(\.shard.index))
        let missing = (0..<count).filter { !there.contains($0) }
        let unfinished = names.filter(ShardNames.isWorkingFolder)
        for name in unfinished { problems.add("\(name) holds a shard that is not finished; --resume finishes it") }
        guard !missing.isEmpty, problems.isEmpty || !unfinished.isEmpty else { return }
        let list = Self.ranges(missing).prefix(8).joined(separator: ", ")
        problems.add(
            "\(missing.count.grouped(of: "shard")) of \(count) \(missing.count == 1 ? "is" : "are") missing: \(list)"
        )
    }

    /// Numbers with those that follow one another together: `3, 5-7`.
    private static func ranges(_ numbers: [Int]) -> [String] {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? String($0.lowerBound) : "\($0.lowerBound)-\($0.upperBound)" }
    }

    /// Nothing is in the folder that is of no shard, unless a merge has left it that was interrupted.
    private mutating func checkNames(_ names: [String], _ records: [ShardRecord]) {
        let paths = Set(records.flatMap { $0.files.map(\.entry.path) })
        let folders = Set(paths.map { FileSystem.parent(of: $0) })
        let merged = DatasetNames.all.subtracting(DatasetNames.descriptions)
            .union(plan.recipe.packages.map(\.fileName) + [ShardMerge.workingName + DatasetPaths.partialSuffix])
        var foreign: [String] = []
        for name in names {
            if folders.contains(name), FileSystem.isFolder(folder + "/" + name) {
                let parts = (try? FileSystem.contents(of: folder + "/" + name)) ?? []
                foreign += parts.map { name + "/" + $0 }.filter { !paths.contains($0) }
            } else if !ShardNames.isRecord(name), !ShardNames.isWorkingFolder(name), !merged.contains(name) {
                foreign.append(name)
            }
        }
        guard !records.isEmpty, problems.isEmpty, !foreign.isEmpty else { return }
        problems.add("\(DatasetNames.listed(foreign)) \(foreign.count == 1 ? "is" : "are") of none of its shards")
    }

    /// Every file of a shard is there, and what the shard says of it.
    private mutating func check(_ records: [ShardRecord], _ checkingDigests: Bool) {
        let names =
            plan.readingOutputs.flatMap(\.fileNames) + (plan.recipe.delivery == nil ? [] : [DeliveryPart.fileName])
        for record in records {
            let expected = names.map { ShardNames(record.shard).path(of: $0) }
            if record.files.map(\.entry.path) != expected {
                problems.add("\(ShardNames(record.shard).record) is damaged: it has other files")
            }
        }
        guard problems.isEmpty else { return }
        let files = records.flatMap(\.files)
        let folder = folder
        let found = inParallel(files.count, atLeast: 1) { range in
            files[range]
                .compactMap { file -> String? in
                    let path = file.entry.path
                    do throws(FileError) {
                        let stored = try StoredFile(path: folder + "/" + path)
                        guard stored.size == file.bytes else {
                            return "\(path) has \(stored.size.grouped(of: "byte")), not \(file.bytes.grouped)"
                        }
                        guard checkingDigests, try SHA256Text(of: stored).text != file.sha256 else { return nil }
                        return "\(path) is damaged: its SHA-256 is another one"
                    } catch {
                        return FileSystem.exists(folder + "/" + path)
                            ? "\(path): \(error.reason)" : "\(path) is missing"
                    }
                }
        }
        for problem in found.flatMap({ $0 }) { problems.add(problem) }
    }
}

/// Why shards cannot be merged.
package struct ShardProblems: Error {
    /// What is missing or wrong, each in a line.
    package private(set) var lines: [String] = []

    /// Whether there are none.
    var isEmpty: Bool { lines.isEmpty }

    mutating func add(_ line: String) { lines.append(line) }
}
