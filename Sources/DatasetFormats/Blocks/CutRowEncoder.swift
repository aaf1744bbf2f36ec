package import DatasetGen

/// Turns readings into the text of several files, one behind the other: where a file ends and the next one begins, what files
/// end and begin with stands between the rows.
package struct CutRowEncoder: UnmarkedRowEncoder {
    private var rows: any RowEncoder
    private let cuts: [Int64]

    /// - Parameters:
    ///   - rows: what makes the rows.
    ///   - cuts: the positions of the first readings of files, but for the first.
    package init(_ rows: any RowEncoder, cuts: [Int64]) { (self.rows, self.cuts) = (rows, cuts) }

    package var header: [UInt8] { rows.header }
    package var trailer: [UInt8] { rows.trailer }
    package var leavesOutReadings: Bool { rows.leavesOutReadings }

    package func rowCount(ofReading index: Int, of readings: ReadingSlice) -> Int {
        rows.rowCount(ofReading: index, of: readings)
    }

    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        for (index, part) in readings.parts(cutAt: cuts).enumerated() {
            if index > 0 {
                buffer.append(rows.trailer)
                buffer.append(rows.header)
            }
            rows.encode(part, into: &buffer)
        }
    }
}
