import DatasetFormats
import DatasetGen

/// What arrives of the readings of a version of the recipe, for one feed.
///
/// Whatever is asked for first is computed from the readings before it that may still be on their way; so a position is all
/// that has to be kept.
struct FeedArrivals {
    private let segment: LiveSegment
    private var queue: ArrivalQueue
    private var cursor: LiveCursor
    /// Up to which position readings have been sent; nil before the first.
    private var sent: Int64?

    /// Nil for a version in which nothing happens to readings on their way.
    init?(_ segment: LiveSegment) {
        guard segment.plan.recipe.delivery != nil else { return nil }
        self.segment = segment
        queue = ArrivalQueue(segment.plan)
        cursor = LiveCursor(segment.plan, position: 0)
    }

    /// What arrives when the readings of some positions are taken.
    ///
    /// - Parameters:
    ///   - positions: whose.
    ///   - skipped: readings that the run has left out, by their `id`.
    /// - Returns: the rows, by the times of arrival, and of one time by number.
    mutating func arriving(with positions: Range<Int64>, skipped: [ClosedRange<Int64>]) -> ReadingSlice {
        begin(with: positions.lowerBound, skipped)
        send(positions, arrivingFrom: 0)
        sent = positions.upperBound
        return queue.take(before: positions.upperBound)
    }

    /// What is still on its way when the version ends, before the reading of a position.
    mutating func rest(before end: Int64, skipped: [ClosedRange<Int64>]) -> ReadingSlice {
        begin(with: end, skipped)
        sent = nil
        return queue.take(before: .max)
    }

    /// Makes sure that what is on its way before a position is in the queue.
    private mutating func begin(with position: Int64, _ skipped: [ClosedRange<Int64>]) {
        let gaps = skipped.map { $0.lowerBound - 1 - segment.shift..<$0.upperBound - segment.shift }
        // What would arrive with readings that are left out arrives behind them.
        let first = gaps.first { $0.upperBound == position }?.lowerBound ?? position
        if sent == position || sent == first { return }
        queue = ArrivalQueue(segment.plan)
        var next = max(
            ArrivalQueue.firstReading(arrivingFrom: first, of: segment.plan),
            segment.plan.rows.readingCount(before: segment.version.firstTick)
        )
        for gap in gaps.sorted(by: { $0.lowerBound < $1.lowerBound }) where gap.overlaps(next..<max(next, first)) {
            send(next..<max(next, gap.lowerBound), arrivingFrom: first)
            next = gap.upperBound
        }
        send(next..<max(next, first), arrivingFrom: first)
    }

    private mutating func send(_ positions: Range<Int64>, arrivingFrom first: Int64) {
        cursor.move(to: positions.lowerBound)
        cursor.read(upTo: positions.upperBound) { block, rows in queue.send(block.slice(rows), arrivingFrom: first) }
    }
}
