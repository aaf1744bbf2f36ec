package import DatasetGen

/// Turns the readings of blocks into pages, and their events into records without their numbers.
package struct SQLiteBlockEncoder: BlockEncoder {
    private var readings: any SQLiteRowEncoder
    private let layout: SQLitePageLayout
    private let timestamps: TimestampStyle

    package init(readings: any SQLiteRowEncoder, layout: SQLitePageLayout, timestamps: TimestampStyle) {
        (self.readings, self.layout, self.timestamps) = (readings, layout, timestamps)
    }

    package func makePiece() -> SQLitePiece { SQLitePiece(layout) }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: SQLitePiece) {
        readings.encode(block.readings, into: &piece.pages)
        piece.events.set(block.events.values(timestamps)) { SQLiteRecord.append($0, to: &$1) }
    }
}

/// A block in the SQLite file.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class SQLitePiece: EncodedPiece, @unchecked Sendable {
    /// The rows of `sensor_data`.
    package var pages: LeafPageRun
    /// The records of the table `events`.
    package fileprivate(set) var events = NumberedRows()

    init(_ layout: SQLitePageLayout) {
        pages = LeafPageRun(layout)
    }

    package var byteCount: Int { pages.pageCount * pages.layout.pageSize }
}
