package import DatasetGen

/// What a block comes to in one part of a dataset, on its way from the worker that encodes it to the sink.
///
/// A reference, so that handing it on never copies its storage. At any time one worker or the sink has it.
package protocol EncodedPiece: AnyObject, Sendable {
    /// Bytes that its readings take in the file, about.
    var byteCount: Int { get }
}

/// Turns blocks into the pieces of one part of a dataset; each worker has its own.
///
/// A piece is what its block says, whichever was encoded before: blocks may be encoded in any order.
package protocol BlockEncoder {
    /// What a block is turned into.
    associatedtype Piece: EncodedPiece

    /// A piece to encode into; it is used again and again.
    func makePiece() -> Piece

    /// Replaces a piece by that of a block.
    mutating func encode(_ block: borrowing EncodableBlock, into piece: Piece)
}

/// A block of a dataset, as encoders are given it.
package struct EncodableBlock {
    /// The readings.
    package let readings: ReadingSlice
    /// The events that begin in it.
    package let events: EventRows
    /// What has happened to its readings on their way.
    package let faults: [DeliveryFault]
    /// Its number among the dataset's, from 0; nil for one of a sample.
    package let index: Int64?

    package init(readings: ReadingSlice, events: EventRows, faults: [DeliveryFault] = [], index: Int64? = nil) {
        self.readings = readings
        self.index = index
        self.events = events
        self.faults = faults
    }
}

extension BlockEncoder {
    /// A piece to encode into, whatever its type.
    package func makeErasedPiece() -> any EncodedPiece { makePiece() }

    /// Replaces a piece that this encoder, or one like it, has made.
    package mutating func encode(_ block: borrowing EncodableBlock, intoErased piece: any EncodedPiece) {
        guard let piece = piece as? Piece else { preconditionFailure("a piece of another part") }
        encode(block, into: piece)
    }
}
