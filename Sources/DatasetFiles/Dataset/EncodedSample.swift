import DatasetFormats
import DatasetGen

/// A few blocks of a plan, encoded: what a reading and an event take on the mean.
struct EncodedSample {
    /// Bytes per reading, by the order of ``DatasetEncoding/parts``.
    private(set) var bytesPerReading: [Double]
    /// Bytes of a line of `events.csv`.
    private(set) var eventBytes: Double

    /// Generates and encodes at most four blocks, spread over the dataset.
    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding) {
        var encoders: [any BlockEncoder] = encoding.parts.map { $0.makeEncoder() }
        let pieces = encoders.map { $0.makeErasedPiece() }
        var lineEncoder = EventsPart(plan).makeEncoder()
        var generator = BlockGenerator(plan)
        var arrivals = Arrivals(plan)
        var block = GeneratedBlock()
        var bytes = encoders.map { _ in 0.0 }
        var (readings, eventCount) = (0, 0)
        let lines = lineEncoder.makePiece()
        var lineBytes = 0
        for index in Self.blocks(of: plan) {
            generator.generate(block: index, into: &block)
            readings += block.readings.count
            eventCount += block.events.count
            let events = EventRows(block.events, of: plan)
            let encodable = EncodableBlock(
                readings: arrivals.arriving(of: block.readings.slice),
                events: events,
                faults: arrivals.faults
            )
            for part in encoders.indices {
                encoders[part].encode(encodable, intoErased: pieces[part])
                bytes[part] += Double(pieces[part].byteCount)
            }
            lineEncoder.encode(events, into: lines)
            lineBytes += lines.byteCount
        }
        bytesPerReading = bytes.map { $0 / Double(max(1, readings)) }
        // The number in front, which has one digit here and up to twelve in the dataset.
        eventBytes = eventCount == 0 ? Self.usualEventBytes : Double(lineBytes) / Double(eventCount) + 7
    }

    /// Whole blocks only: a last one of a few readings says little about the others.
    private static func blocks(of plan: GenerationPlan) -> [Int64] {
        let whole = plan.rows.count / GenerationPlan.rowsPerBlock
        guard whole > 0 else { return plan.blockCount > 0 ? [0] : [] }
        let count = min(whole, 4)
        return (0..<count).map { (2 * $0 + 1) * whole / (2 * count) }
    }

    private static let usualEventBytes = 160.0
}
