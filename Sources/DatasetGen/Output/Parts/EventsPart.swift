/// The event table as `events.csv`.
struct EventsPart: DatasetPart {
    /// Its name.
    static let fileName = "events.csv"

    private let timestamps: TimestampStyle

    init(_ recipe: Recipe) {
        timestamps = recipe.eventTimestamps
    }

    var fileNames: [String] { [Self.fileName] }

    func makeEncoder() -> Encoder { Encoder(timestamps: timestamps) }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> EventsSink {
        let path = folder.path(of: Self.fileName)
        guard var state else { return try EventsSink(creating: path, timestamps, in: folder.fileSystem) }
        return try EventsSink(resuming: path, timestamps, from: &state, in: folder.fileSystem)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        let header = [TableColumn<EventRow>].events(timestamps).csvHeader()
        return SizeEstimate(bytes: sample.eventBytes + Double(header.count))
    }

    /// Turns events into lines without their numbers.
    struct Encoder: BlockEncoder {
        fileprivate let timestamps: TimestampStyle

        func makePiece() -> EncodedEvents { EncodedEvents() }

        func encode(_ block: borrowing EncodableBlock, into piece: EncodedEvents) {
            piece.set(block.events, timestamps: timestamps)
        }
    }
}
