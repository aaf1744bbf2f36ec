import DatasetGen
import GRDB

/// Adds readings to `sensor_data`, many by one statement: for every statement, however many rows it adds, SQLite looks up
/// and writes the last `id` in `sqlite_sequence`, which costs as much as adding a row.
final class ReadingInserter {
    private static let rowsAtOnce = 16

    private let many: ReadingStatement
    private let one: ReadingStatement

    /// Prepares the statements.
    init(
        _ database: Database,
        texts: SensorTexts,
        columns: [ReadingColumn],
        timestamps: TimestampStyle
    ) throws {
        func statement(_ rows: Int) throws -> ReadingStatement {
            try ReadingStatement(database, rows: rows, texts: texts, columns: columns, timestamps: timestamps)
        }
        (many, one) = (try statement(Self.rowsAtOnce), try statement(1))
    }

    /// Adds rows of a block, whose numbers are moved by `shift`; readings that are to be omitted are left out.
    ///
    /// - Complexity: O(rows); between 1 and 2 µs each.
    func insert(_ block: ReadingBlock, _ rows: Range<Int>, shift: Int64) throws {
        var bound = 0
        var first = rows.lowerBound
        for row in rows where block.labels[row] & 0x80 == 0 {
            if bound == 0 { first = row }
            many.bind(block, row, shift: shift, to: bound)
            bound += 1
            if bound == Self.rowsAtOnce {
                try many.run()
                bound = 0
            }
        }
        guard bound > 0 else { return }
        for row in first..<rows.upperBound where block.labels[row] & 0x80 == 0 {
            one.bind(block, row, shift: shift, to: 0)
            try one.run()
        }
    }
}
