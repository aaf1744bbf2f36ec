package import DatasetGen

/// Turns the readings that are in one part of the splits into rows; the others have none.
package struct PartRowEncoder<Rows: RowEncoder>: RowEncoder {
    private var rows: Rows
    private let part: SplitPart

    /// - Parameters:
    ///   - rows: what makes the rows.
    ///   - part: which readings have rows.
    package init(_ rows: Rows, _ part: SplitPart) { (self.rows, self.part) = (rows, part) }

    package var header: [UInt8] { rows.header }
    package var trailer: [UInt8] { rows.trailer }
    package var layout: RowLayout { rows.layout }
    package var isMarked: Bool { rows.isMarked }
    package var leavesOutReadings: Bool { true }

    package func rowCount(ofReading index: Int, of readings: ReadingSlice) -> Int {
        part.contains(index, of: readings) ? rows.rowCount(ofReading: index, of: readings) : 0
    }

    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        rows.encode(part.readings(of: readings), into: &buffer)
    }

    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer, marking rows: inout RowMarks)
    {
        self.rows.encode(part.readings(of: readings), into: &buffer, marking: &rows)
    }
}

/// The readings that are in one part of the splits.
package struct SplitPart: Sendable {
    private let table: SplitTable
    /// See ``SplitTable/code(ofSensor:position:isAnomalous:)``.
    private let code: Int

    /// Those in the part of an output's file; nil for an output of all readings, or of a recipe whose parts are not known.
    package init?(_ output: ReadingOutput) {
        guard let part = output.part, let table = output.splits else { return nil }
        (self.table, code) = (table, part + 1)
    }

    /// Whether one of some readings is.
    @inline(__always)
    func contains(_ index: Int, of readings: ReadingSlice) -> Bool {
        code
            == table.code(
                ofSensor: Int(readings.sensors[readings.places.lowerBound + index]),
                position: readings.number(of: index) - 1,
                isAnomalous: Label(rawValue: readings.labels[readings.rows.lowerBound + index]).isAnomalous
            )
    }

    /// Those of some readings.
    func readings(of readings: ReadingSlice) -> ReadingSlice {
        let kept = (0..<readings.count).filter { contains($0, of: readings) }
        return kept.count == readings.count ? readings : readings.selecting(kept)
    }
}
