import DatasetFormats
import DatasetGen

/// The event table as `events.csv`.
struct EventsPart: DatasetPart {
    /// Its name.
    static let fileName = "events.csv"

    private let timestamps: TimestampStyle

    init(_ recipe: Recipe) {
        timestamps = recipe.eventTimestamps
    }

    var fileNames: [String] { [Self.fileName] }

    func makeEncoder() -> EventsEncoder { EventsEncoder(timestamps: timestamps) }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> EventsSink {
        let path = folder.path(of: Self.fileName)
        guard var state else { return try EventsSink(creating: path, timestamps, in: folder.fileSystem) }
        return try EventsSink(resuming: path, timestamps, from: &state, in: folder.fileSystem)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        let header = [TableColumn<EventRow>].events(timestamps).csvHeader()
        return SizeEstimate(bytes: sample.eventBytes + Double(header.count))
    }
}
