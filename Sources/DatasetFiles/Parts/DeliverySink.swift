import DatasetFormats
import DatasetGen

/// `delivery.csv` in the making.
struct DeliverySink: PieceSink {
    private let timestamps: TimestampStyle
    private let file: OutputFile
    /// Lines written.
    private var count: Int64

    /// Creates the file.
    init(
        creating path: String,
        header: [UInt8],
        _ timestamps: TimestampStyle,
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

    mutating func append(_ piece: EncodedFaults) throws(FileError) {
        guard piece.count > 0 else { return }
        try file.append(piece.bytes)
        count += Int64(piece.count)
    }

    func finish(_ dataset: FinishedReadings) throws(FileError) -> [WrittenFile] {
        let digest = try file.finish()
        let entry = ManifestFile.table(DeliveryPart.fileName, timestamps, rows: count, bytes: file.size)
        return [WrittenFile(entry: entry, digest: digest, bytes: file.size)]
    }
}
