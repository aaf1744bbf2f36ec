import DatasetFormats
import DatasetGen

/// The event table as `events.csv`.
struct EventsPart: DatasetPart {
    /// Its name.
    static let fileName = "events.csv"

    private let timestamps: TimestampStyle
    private let columns: [TableColumn<EventRow>]

    init(_ plan: GenerationPlan) {
        timestamps = plan.recipe.eventTimestamps
        columns = .events(timestamps, of: plan.recipe, EventTexts(plan))
    }

    var fileNames: [String] { [Self.fileName] }

    func makeEncoder() -> EventsEncoder { EventsEncoder(columns) }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> EventsSink {
        let path = folder.path(of: Self.fileName)
        guard var state else {
            return try EventsSink(creating: path, timestamps, header: columns.csvHeader(), in: folder.fileSystem)
        }
        return try EventsSink(resuming: path, timestamps, from: &state, in: folder.fileSystem)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        SizeEstimate(bytes: sample.eventBytes + Double(columns.csvHeader().count))
    }
}
