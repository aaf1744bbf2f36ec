package import DatasetGen

/// A block's bytes in every part of the dataset, ready to be appended to the files.
///
/// Unchecked because nothing else guards it: at any time one worker owns it, and the pipeline hands it on under its lock.
package final class EncodedBlock: @unchecked Sendable {
    /// Whether it is none: nothing of it goes into files.
    package var isEmpty = false
    /// Of all readings of a chunk, if the block is its first.
    package var statistics: DatasetStatistics?
    /// By the order of ``DatasetEncoding/parts``.
    package let pieces: [any EncodedPiece]
    /// Events that begin in it, per ``AnomalyType/rawValue``.
    package private(set) var eventCounts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    /// What has happened to its readings on their way.
    package var deliveryCounts = DeliveryCounts()
    /// Digest of the readings' canonical encoding.
    package var digest: [UInt8] = []

    package init(pieces: [any EncodedPiece]) {
        self.pieces = pieces
    }

    /// Replaces the counts of events.
    package func count(_ events: [AnomalyEvent]) {
        for type in eventCounts.indices { eventCounts[type] = 0 }
        for event in events { eventCounts[Int(event.type.rawValue)] += 1 }
    }
}
