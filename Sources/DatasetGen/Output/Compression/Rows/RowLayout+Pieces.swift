extension RowLayout {
    /// The layout of rows whose pieces lie in `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: the bytes of all pieces.
    ///   - sensors: where each sensor's pieces lie: before the readings, between them and the label, behind the label.
    ///   - separators: bytes between two readings.
    ///   - twinLead: bytes before the readings of the healthy twin; 0 without a twin.
    init(
        bytes: [UInt8],
        sensors: [(before: Range<Int>, between: Range<Int>, after: Range<Int>)],
        separators: SIMD4<UInt8>,
        twinLead: Int
    ) {
        self.separators = separators
        self.twinLead = twinLead
        var atoms = RowAtoms(bytes)
        for sensor in sensors {
            atoms.append(sensor.between)
            atoms.append(sensor.after)
        }
        let starts: [Int]
        (self.atoms, starts, textCount) = atoms.atoms()
        self.sensors = sensors.enumerated()
            .map { index, sensor in
                Pieces(
                    before: Int32(sensor.before.count),
                    between: Int32(sensor.between.count),
                    after: Int32(sensor.after.count),
                    firstBetween: Int32(starts[2 * index]),
                    firstAfter: Int32(starts[2 * index + 1]),
                    endOfAtoms: Int32(starts[2 * index + 2])
                )
            }
        if let first = sensors.first?.before {
            commonEnd = sensors.reduce(first.count) { common, sensor in
                let limit = min(common, sensor.before.count)
                return (0..<limit)
                    .first { bytes[sensor.before.upperBound - 1 - $0] != bytes[first.upperBound - 1 - $0] } ?? limit
            }
        }
    }
}
