import DatasetFormats
import DatasetGen

/// `events.csv` in the making: numbers the events' lines and writes them.
struct EventsSink: PieceSink {
    private let timestamps: TimestampStyle
    private let file: OutputFile
    /// Events written.
    private var count: Int64
    private var text = ByteBuffer()

    /// Creates the file.
    init(
        creating path: String,
        _ timestamps: TimestampStyle,
        header: [UInt8],
        in fileSystem: FileSystem
    ) throws(FileError) {
        (self.timestamps, count) = (timestamps, 0)
        file = try OutputFile(creating: path, in: fileSystem)
        try file.append(header)
    }

    /// Goes on with the file of an interrupted run.
    init(
        resuming path: String,
        _ timestamps: TimestampStyle,
        from state: inout StateReader,
        in fileSystem: FileSystem
    ) throws(FileError) {
        self.timestamps = timestamps
        do throws(StateError) { count = try state.next() } catch { throw FileError(changed: path) }
        file = try OutputFile(resuming: path, from: &state, in: fileSystem)
    }

    func store(in state: inout StateWriter) {
        state.append(count)
        file.store(in: &state)
    }

    var size: Int64 { file.size }

    var flushers: [FileFlusher] { [file.flusher] }

    mutating func append(_ piece: EncodedEvents) throws(FileError) {
        guard piece.count > 0 else { return }
        text.removeAll()
        piece.appendLines(from: count + 1, to: &text)
        try file.append(text)
        count += Int64(piece.count)
    }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let digest = try file.finish()
        let entry = ManifestFile.table(EventsPart.fileName, timestamps, rows: count, bytes: file.size)
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
