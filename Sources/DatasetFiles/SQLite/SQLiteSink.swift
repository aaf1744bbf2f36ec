import DatasetFormats
import DatasetGen

/// The SQLite file in the making: numbers the events, and hands all on to the file's tables.
struct SQLiteSink: PieceSink {
    private let output: ReadingOutput
    private let plan: GenerationPlan
    private let path: String
    private let file: SQLiteDatasetFile
    /// Events written.
    private var eventCount: Int64

    /// Makes the file, with all sensors.
    init(
        creating path: String,
        _ content: SQLiteDatasetFile.Content,
        _ output: ReadingOutput,
        _ plan: GenerationPlan,
        in fileSystem: FileSystem
    ) throws(FileError) {
        (self.path, self.output, self.plan, eventCount) = (path, output, plan, output.eventsBefore)
        file = try SQLiteDatasetFile(creating: path, content, in: fileSystem)
    }

    /// Goes on with the file of an interrupted run.
    init(
        resuming path: String,
        _ content: SQLiteDatasetFile.Content,
        _ output: ReadingOutput,
        _ plan: GenerationPlan,
        from state: inout StateReader,
        in fileSystem: FileSystem
    ) throws(FileError) {
        (self.path, self.output, self.plan) = (path, output, plan)
        do throws(StateError) { eventCount = try state.next() } catch { throw FileError(changed: path) }
        file = try SQLiteDatasetFile(resuming: path, content, from: &state, in: fileSystem)
    }

    func store(in state: inout StateWriter) {
        state.append(eventCount)
        file.store(in: &state)
    }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: SQLitePiece) throws(FileError) {
        try file.append(&piece.pages)
        let events = piece.events
        let bytes = events.bytes.bytes.span
        for index in 0..<events.count {
            eventCount += 1
            try file.append(event: eventCount, record: bytes.extracting(events.range(ofRow: index)))
        }
    }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let entries = plan.databaseEntries(of: dataset.content, recipeText: dataset.recipeText)
        let digest = try file.finish(entries: entries)
        let bytes = try FileSystem.size(ofFile: path)
        // What arrives in a shard is not what is sent in it.
        let isCounted = output.blocks != nil && output.parameters.isOfArrivals
        let count =
            isCounted
            ? try SQLiteDatabase(reading: StoredFile(path: path)).column("SELECT count(*) FROM sensor_data") : []
        let entry = ManifestFile(
            output,
            of: dataset.rows,
            counted: count.first.flatMap { $0 }.flatMap { Int64($0) },
            uncompressedBytes: bytes
        )
        return [WrittenFile(entry: entry, digest: digest, bytes: bytes)]
    }
}
