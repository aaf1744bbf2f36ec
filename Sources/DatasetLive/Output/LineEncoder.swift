import DatasetFormats
import DatasetGen

/// Turns readings into lines of JSON, the same as those of a batch run.
struct LineEncoder {
    private var encoder: JSONLinesEncoder
    private var buffer = ByteBuffer()

    init(_ plan: GenerationPlan, timestamps: TimestampStyle) {
        encoder = JSONLinesEncoder(
            sensors: plan.fleet.sensors,
            timestamps: timestamps,
            includesCleanTwin: plan.recipe.includesCleanTwin,
            schema: plan.recipe.schema
        )
    }

    /// The lines so far.
    var bytes: [UInt8] { buffer.bytes }

    /// Forgets the lines.
    mutating func removeAll() {
        buffer.removeAll()
    }

    /// Appends the lines of some rows of a block.
    mutating func append(_ block: ReadingBlock, _ rows: Range<Int>) {
        encoder.encode(block.slice(rows), into: &buffer)
    }
}
