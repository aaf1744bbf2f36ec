import DatasetFormats
import DatasetGen

/// Encodes of a block the readings that are not stored.
///
/// A block is stored as one, but for its months: an attempt that ends between these has brought some.
struct ClickHouseRest {
    private let target: ClickHouseTarget
    private var generator: BlockGenerator
    private var encoder: TextBlockEncoder<NativeEncoder>

    init(_ target: ClickHouseTarget) {
        (self.target, encoder) = (target, target.makeEncoder())
        generator = BlockGenerator(target.plan)
    }

    /// - Parameters:
    ///   - block: which one.
    ///   - stored: the numbers of its readings that are there.
    /// - Returns: the others, as they are sent.
    mutating func encode(_ block: Int64, without stored: Set<Int64>) -> EncodedText {
        var generated = GeneratedBlock()
        generator.generate(block: block, into: &generated)
        var arrivals = Arrivals(target.plan)
        let readings = arrivals.arriving(of: generated.readings.slice)
        let missing = (0..<readings.count).filter { !stored.contains(readings.number(of: $0)) }
        let piece = encoder.makePiece()
        let events = EventRows([], sensorIDs: [], of: target.plan)
        encoder.encode(EncodableBlock(readings: readings.selecting(missing), events: events), into: piece)
        return piece
    }
}
