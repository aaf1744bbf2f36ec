package import DatasetGen

/// Turns the events of blocks into rows of values without their numbers.
package struct EventValuesEncoder: BlockEncoder {
    private let timestamps: TimestampStyle

    package init(timestamps: TimestampStyle) { self.timestamps = timestamps }

    package func makePiece() -> EventValues { EventValues() }

    package func encode(_ block: borrowing EncodableBlock, into piece: EventValues) {
        piece.rows = block.events.values(timestamps).map { $0.map(ParquetValue.init) }
    }
}

/// The events that begin in a block as rows of a table, of which the first column, their numbers, is yet to come.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class EventValues: EncodedPiece, @unchecked Sendable {
    package internal(set) var rows: [[ParquetValue]] = []

    package var byteCount: Int { rows.count * Self.bytesPerRow }

    /// About what an event takes in a Parquet file.
    private static let bytesPerRow = 30
}
