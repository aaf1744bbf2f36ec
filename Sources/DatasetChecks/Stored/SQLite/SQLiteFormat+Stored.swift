import DatasetFiles
import DatasetFormats
import DatasetGen

extension SQLiteFormat: StoredFormat {
    static func makeRowReader(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) -> any StoredRowReader {
        try SQLiteRowReader(
            file,
            beside: companionNames.filter { $0 != fileName + "-shm" && rows.files.has($0) },
            rows
        )
    }

    static func makeDatabase(in files: StoredFolder, _ output: ReadingOutput, of plan: GenerationPlan) throws(FileError)
        -> StoredDatabase?
    {
        let shards: [Shard?] = output.shardCount.map { count in (0..<count).map { Shard($0, of: count) } } ?? [nil]
        var parts: [StoredDatabase.Part] = []
        for (name, shard) in zip(output.fileNames, shards) {
            parts.append(.init(name: name, file: try files.file(name), scope: RunScope(plan, shard: shard)))
        }
        return StoredDatabase(parts: parts, output: output, plan: plan)
    }

    static func damage(of file: StoredFile) throws(FileError) -> Problems {
        var problems = Problems()
        do throws(FileError) {
            problems.add(try SQLiteDatabase(reading: file).integrityProblems())
        } catch {
            if error.isOutOfMemory { throw error }
            problems.add(error.reason)
        }
        return problems
    }
}
