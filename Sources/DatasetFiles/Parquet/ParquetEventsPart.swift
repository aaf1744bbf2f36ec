import DatasetFormats
import DatasetGen

/// The event table as `events.parquet`.
struct ParquetEventsPart: DatasetPart {
    /// Its name.
    static let fileName = "events.parquet"

    private let content: RowGroupFile.Content

    init(_ output: ReadingOutput) {
        let timestamps = output.parameters.timestamps
        content = RowGroupFile.Content(
            name: Self.fileName,
            columns: [TableColumn<EventRow>].events(timestamps).map { ParquetColumn($0, timestamps) },
            parameters: output.parameters
        )
    }

    var fileNames: [String] { [Self.fileName] }

    func makeEncoder() -> EventValuesEncoder { EventValuesEncoder(timestamps: content.parameters.timestamps) }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> ParquetEventsSink {
        guard var state else { return ParquetEventsSink(content, try RowGroupFile(creating: content, in: folder)) }
        let file = try RowGroupFile(resuming: &state, content, in: folder)
        var sink: ParquetEventsSink
        do throws(StateError) {
            sink = try ParquetEventsSink(content, file, resuming: &state)
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
    private var encoder: ParquetTableEncoder
    /// Events written, and those that wait for others.
    private var (count, waiting): (Int64, [[ParquetValue]]) = (0, [])

    init(_ content: RowGroupFile.Content, _ file: RowGroupFile) {
        (self.content, self.file) = (content, file)
        encoder = ParquetTableEncoder(content.columns, content.parameters)
    }

    /// Goes on where an interrupted run has ended.
    init(
        _ content: RowGroupFile.Content,
        _ file: RowGroupFile,
        resuming state: inout StateReader
    ) throws(StateError) {
        self.init(content, file)
        (count, waiting) = (try state.next(), try state.next())
        guard waiting.allSatisfy({ $0.count == content.columns.count }) else { throw StateError() }
    }

    /// Takes the row groups of the interrupted run.
    mutating func takeGroups(_ state: inout StateReader) throws(FileError) { try file.takeGroups(&state) }

    func store(in state: inout StateWriter) {
        file.store(in: &state)
        state.append(count)
        state.append(waiting)
    }

    mutating func storeGrowth(in state: inout StateWriter) { file.storeGrowth(in: &state) }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: EventValues) throws(FileError) {
        for var row in piece.rows {
            count += 1
            row[0] = .integer(count)
            waiting.append(row)
        }
        while waiting.count >= ParquetTableEncoder.rowsPerGroup {
            try file.append(encoder.encode(waiting.prefix(ParquetTableEncoder.rowsPerGroup)))
            waiting.removeFirst(ParquetTableEncoder.rowsPerGroup)
        }
    }

    mutating func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        if !waiting.isEmpty { try file.append(encoder.encode(waiting[...])) }
        let digest = try file.finish(RowGroupFile.entries(of: dataset))
        let entry = ManifestFile.parquetEvents(content.parameters, rows: count, bytes: file.size)
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
