import DatasetGen

/// Turns the readings of blocks into pages, and their events into records without their numbers.
package struct SQLiteBlockEncoder: BlockEncoder {
    private var readings: any SQLiteRowEncoder
    private let layout: SQLitePageLayout
    private let events: [TableColumn<EventRow>]

    /// - Parameters:
    ///   - readings: what encodes the readings.
    ///   - layout: what is known of pages.
    ///   - events: the columns of the table of events.
    package init(readings: any SQLiteRowEncoder, layout: SQLitePageLayout, events: [TableColumn<EventRow>]) {
        (self.readings, self.layout, self.events) = (readings, layout, events)
    }

    package func makePiece() -> SQLitePiece { SQLitePiece(layout) }

    package mutating func encode(_ block: borrowing EncodableBlock, into piece: SQLitePiece) {
        readings.encode(block.readings, into: &piece.pages)
        piece.events.set(block.events.rows) { row, bytes in
            SQLiteRecord.append(events.map { $0.value(row) }, to: &bytes)
        }
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
