import DatasetFiles
import DatasetGen

/// Reads blocks of readings, one after the other, from a text file.
///
/// Only what tells the reading and its values is looked at: the rows are compared as text besides.
final class TextBlockReader {
    private let plan: GenerationPlan
    private let readings: StoredReadings
    private let locator: RowLocator
    private let names: ReadingNames

    /// Opens the file of a format; nil if there is none.
    init?(files: StoredFolder, plan: GenerationPlan, format: OutputFormat) throws(FileError) {
        guard let readings = try StoredReadings(files: files, plan: plan, format: format) else { return nil }
        self.plan = plan
        self.readings = readings
        locator = RowLocator(plan, timestamps: readings.timestamps)
        names = ReadingNames(plan)
    }

    /// What is wrong with the file as a whole, as far as it has been read; nil if nothing.
    var problem: String? { readings.problem }

    /// Replaces `block` by the readings of the next block; readings without a row become omitted ones.
    ///
    /// - Returns: how many rows there are.
    func read(block index: Int64, into block: inout ReadingBlock, _ problems: inout Problems) throws(FileError) -> Int {
        block.resetAbsent(plan, block: index)
        var rows = 0
        for row in 0..<block.count where try findRow(ofReading: row, of: block, &problems) {
            guard let stored = readings.current else { break }
            for metric in block.metrics.indices { block.metrics[metric][row] = stored.metrics[metric] }
            for metric in block.clean.indices { block.clean[metric][row] = stored.clean[metric] }
            block.labels[row] = stored.label
            rows += 1
            try readings.advance()
        }
        return rows
    }

    /// Whether the row at hand is that of a reading; rows of no later one are stepped over.
    @inline(__always)
    private func findRow(
        ofReading index: Int,
        of block: borrowing ReadingBlock,
        _ problems: inout Problems
    ) throws(FileError) -> Bool {
        let (time, sensor) = (block.times[index], block.sensors[index])
        let position = block.firstNumber - 1 + Int64(index)
        while let row = readings.current {
            if row.isReadable, locator.fits(row, time: time, sensor: sensor),
                row.number == nil || row.number == position + 1
            {
                return true
            }
            let place = row.isReadable ? locator.position(of: row) : nil
            if let place, place > position { return false }
            problems.add(
                row.isReadable
                    ? "row \(row.line) is out of place: \(names.reading(position, sensor: Int(sensor))) is due"
                    : "row \(row.line) cannot be read"
            )
            // Its number is right, its time or its sensor is not.
            if place == position { return true }
            try readings.advance()
        }
        return false
    }
}
