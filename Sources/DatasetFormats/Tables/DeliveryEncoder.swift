package import DatasetGen

/// Turns what has happened to the readings of blocks into lines.
package struct DeliveryEncoder: BlockEncoder {
    private let columns: [TableColumn<DeliveryFault>]

    package init(_ columns: [TableColumn<DeliveryFault>]) {
        self.columns = columns
    }

    package func makePiece() -> EncodedFaults { EncodedFaults() }

    package func encode(_ block: borrowing EncodableBlock, into piece: EncodedFaults) {
        piece.set(block.faults, columns)
    }
}

/// The lines of `delivery.csv` about the readings of a block.
///
/// Unchecked because nothing else guards it: see ``EncodedPiece``.
package final class EncodedFaults: EncodedPiece, @unchecked Sendable {
    /// The lines.
    package private(set) var bytes = ByteBuffer()
    /// How many there are.
    package private(set) var count = 0

    package init() {}

    package var byteCount: Int { bytes.count }

    /// Replaces the lines by those of some faults.
    package func set(_ faults: [DeliveryFault], _ columns: [TableColumn<DeliveryFault>]) {
        bytes.removeAll()
        count = faults.count
        var lines = TableLines(columns)
        for fault in faults { lines.append(fault, to: &bytes) }
    }
}
