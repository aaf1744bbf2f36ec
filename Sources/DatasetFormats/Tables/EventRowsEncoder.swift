/// Hands on the events of blocks as rows without their numbers.
package struct EventRowsEncoder: BlockEncoder {
    package init() {}

    package func makePiece() -> WaitingEvents { WaitingEvents() }

    package func encode(_ block: borrowing EncodableBlock, into piece: WaitingEvents) { piece.rows = block.events.rows }
}

/// The events that begin in a block, for a file that has many of them at a time.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class WaitingEvents: EncodedPiece, @unchecked Sendable {
    package fileprivate(set) var rows: [EventRow] = []

    package var byteCount: Int { rows.count * Self.bytesPerRow }

    /// About what an event takes in a Parquet file.
    private static let bytesPerRow = 30
}
