import DatasetFormats
import DatasetGen

/// The readings, events and sensors as a SQLite file.
struct SQLitePart: DatasetPart {
    private let output: ReadingOutput
    private let plan: GenerationPlan
    private let encoder: any SQLiteRowEncoder
    private let layout: SQLitePageLayout
    private let events: [TableColumn<EventRow>]

    init(_ output: ReadingOutput, _ plan: GenerationPlan) {
        (self.output, self.plan) = (output, plan)
        layout = output.pageLayout
        events = .events(output.parameters.timestamps, of: plan.recipe, EventTexts(plan))
        guard output.isPlain else {
            encoder = ShapedRecordEncoder(output, sensors: plan.fleet.sensors)
            return
        }
        encoder = SQLiteReadingsEncoder(
            sensors: plan.fleet.sensors,
            layout: layout,
            timestamps: output.parameters.timestamps,
            includesCleanTwin: plan.recipe.includesCleanTwin,
            schema: plan.recipe.schema
        )
    }

    var fileNames: [String] { [output.fileName] }

    func makeEncoder() -> SQLiteBlockEncoder {
        SQLiteBlockEncoder(readings: encoder, layout: layout, events: events)
    }

    func makeSink(in folder: DatasetFolder, resuming state: StateReader?) throws(FileError) -> SQLiteSink {
        let path = folder.path(of: output.fileName)
        let content = SQLiteDatasetFile.Content(
            sensors: plan.fleet.sensors,
            phenomena: plan.phenomena,
            recipe: plan.recipe,
            columns: output.columns,
            timestamps: output.parameters.timestamps,
            layout: layout,
            indexes: output.parameters.indexes,
            expectedBytes: leastBytes
        )
        guard var state else { return try SQLiteSink(creating: path, content, output, plan, in: folder.fileSystem) }
        return try SQLiteSink(resuming: path, content, output, plan, from: &state, in: folder.fileSystem)
    }

    /// About as many bytes as the file will have at least.
    private var leastBytes: Int64 {
        let count = output.blocks.map { plan.positions(ofBlocks: $0).count } ?? Int(plan.rows.count)
        let bytes = Double(count) * encoder.meanRowBytes * (1 - plan.recipe.greatestLoss)
        // Missing rows and readings make it smaller, and more events may come than are expected.
        return Int64(bytes * max(0, 1 - 1.5 * AskedShares(plan).share(of: .missingData)) * 31 / 32)
    }

    func estimate(_ sample: SizeSample) -> SizeEstimate {
        let pageSize = Double(layout.pageSize)
        let rows = Double(output.rowsOfReading.count)
        let indexes = output.parameters.indexes.map { IndexSize.bytes(of: $0, sample.plan) * rows * sample.scale }
        let tables =
            sample.readings * sample.bytesPerReading + sample.eventBytes * Self.recordFactor
            + (sample.sensorBytes + sample.phenomenaBytes) * Self.sensorsFactor + sample.recipeBytes
        // Pages above the leaves have an entry of up to 14 bytes for each leaf.
        let bytes =
            (tables + indexes.reduce(0, +)) * (1 + 14 / pageSize) + pageSize * Double(Self.rootPages + indexes.count)
        return SizeEstimate(bytes: bytes, sortedBytes: indexes.max() ?? 0)
    }

    /// A row of `events` in its page against its line of text.
    private static let recordFactor = 1.05
    /// The table `sensors` and the index of its key against `sensors.csv`; `phenomena` likewise.
    private static let sensorsFactor = 1.35
    /// Tables and indexes that begin with a page each, however small.
    private static let rootPages = 8
}
