import DatasetFormats
import DatasetGen

/// The event table as `events.parquet`.
struct ParquetEventsPart: DatasetPart {
    /// Its name.
    static let fileName = "events.parquet"

    private let plan: GenerationPlan
    private let columns: [TableColumn<EventRow>]
    private let content: RowGroupFile.Content

    init(_ output: ReadingOutput, _ plan: GenerationPlan) {
        self.plan = plan
        let timestamps = output.parameters.timestamps
        columns = .events(timestamps, of: plan.recipe, EventTexts(plan))
        content = RowGroupFile.Content(
            name: Self.fileName,
            columns: columns.map { ParquetColumn($0, timestamps) },
            parameters: output.parameters
        )
    }

    var fileNames: [String] { [Self.fileName] }

    func makeEncoder() -> EventRowsEncoder { EventRowsEncoder() }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> ParquetEventsSink {
        let encoder = ParquetTableEncoder(columns, content.parameters)
        guard var state else {
            return ParquetEventsSink(encoder, content, try RowGroupFile(creating: content, in: folder))
        }
        var sink = ParquetEventsSink(encoder, content, try RowGroupFile(resuming: &state, content, in: folder))
        do throws(StateError) {
            try sink.takeWaiting(&state, of: plan)
        } catch { throw FileError(changed: folder.path(of: Self.fileName)) }
        try sink.takeGroups(&state)
        return sink
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        SizeEstimate(bytes: sample.readings * sample.bytesPerReading + Self.footerBytes)
    }

    /// Of a file of one row group.
    private static let footerBytes = 4_000.0
}

/// `events.parquet` in the making: numbers the events, and writes a row group as soon as there are enough.
struct ParquetEventsSink: PieceSink {
    private let content: RowGroupFile.Content
    private var file: RowGroupFile
    private var encoder: ParquetTableEncoder<EventRow>
    /// Events that wait for others.
    private var waiting: [EventRow] = []

    init(_ encoder: ParquetTableEncoder<EventRow>, _ content: RowGroupFile.Content, _ file: RowGroupFile) {
        (self.encoder, self.content, self.file) = (encoder, content, file)
    }

    /// Takes the events of the interrupted run that are not in a row group.
    mutating func takeWaiting(_ state: inout StateReader, of plan: GenerationPlan) throws(StateError) {
        let events: [AnomalyEvent] = try state.next()
        let (sensors, causes) = (plan.fleet.sensors.indices, plan.recipe.incidents.indices)
        guard
            events.allSatisfy({ sensors.contains($0.sensor) && $0.incident.map { causes.contains($0.cause) } ?? true })
        else { throw StateError() }
        waiting = events.map { EventRow($0, of: plan) }
    }

    /// Takes the row groups of the interrupted run.
    mutating func takeGroups(_ state: inout StateReader) throws(FileError) { try file.takeGroups(&state) }

    func store(in state: inout StateWriter) {
        file.store(in: &state)
        state.append(waiting.map(\.event))
    }

    mutating func storeGrowth(in state: inout StateWriter) { file.storeGrowth(in: &state) }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: WaitingEvents) throws(FileError) {
        waiting += piece.rows
        while waiting.count >= Self.rowsPerGroup {
            try appendGroup(of: Self.rowsPerGroup)
            waiting.removeFirst(Self.rowsPerGroup)
        }
    }

    private static let rowsPerGroup = ParquetTableEncoder<EventRow>.rowsPerGroup

    private mutating func appendGroup(of count: Int) throws(FileError) {
        try file.append(encoder.encode(waiting.prefix(count), from: file.rowCount + 1))
    }

    mutating func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        if !waiting.isEmpty { try appendGroup(of: waiting.count) }
        let digest = try file.finish(dataset.entries)
        let entry = ManifestFile.parquetTable(
            content.name,
            content.parameters,
            hasTimes: true,
            rows: file.rowCount,
            bytes: file.size
        )
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
