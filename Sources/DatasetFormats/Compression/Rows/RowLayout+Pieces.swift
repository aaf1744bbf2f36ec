extension RowLayout {
    /// The layout of rows whose pieces lie in `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of all pieces.
    ///   - sensors: where each sensor's pieces lie: before the readings, between them and the label, behind the label.
    ///   - separators: bytes behind each reading that belong to no piece: those between two readings, and 0 for the last.
    ///   - twinLead: bytes before the readings of the healthy twin; 0 without a twin.
    ///   - readingLimit: the most bytes that a reading takes.
    ///   - labelLimit: the most bytes that a label takes.
    init(
        bytes: [UInt8],
        sensors: [(before: Range<Int>, between: Range<Int>, after: Range<Int>)],
        separators: [UInt8],
        twinLead: Int,
        readingLimit: UInt8,
        labelLimit: Int
    ) {
        self.separators = separators
        self.twinLead = twinLead
        self.readingLimit = readingLimit
        self.labelLimit = labelLimit
        var pieces: [Range<Int>] = []
        pieces.reserveCapacity(2 * sensors.count)
        for sensor in sensors {
            pieces.append(sensor.between)
            pieces.append(sensor.after)
        }
        let bounds: [Int32]
        (atoms, bounds, textCount) = RowAtoms(bytes, pieces).atoms()
        self.sensors.reserveCapacity(sensors.count)
        for (index, sensor) in sensors.enumerated() {
            self.sensors.append(
                Pieces(
                    before: Int32(sensor.before.count),
                    between: Int32(sensor.between.count),
                    after: Int32(sensor.after.count),
                    firstBetween: bounds[2 * index],
                    firstAfter: bounds[2 * index + 1],
                    endOfAtoms: bounds[2 * index + 2]
                )
            )
        }
        commonEnd = Self.commonEnd(of: sensors.map(\.before), in: bytes.span)
    }

    /// How many bytes at their ends all of these have in common.
    private static func commonEnd(of pieces: [Range<Int>], in bytes: Span<UInt8>) -> Int {
        guard let first = pieces.first else { return 0 }
        var common = first.count
        for piece in pieces {
            common = min(common, piece.count)
            var equal = 0
            while equal < common, bytes[piece.upperBound - 1 - equal] == bytes[first.upperBound - 1 - equal] {
                equal += 1
            }
            common = equal
        }
        return common
    }
}
