import DatasetGen

/// What is to be known of the counts of a metric in a page before they are written.
struct CountSurvey {
    /// The bounds of what is not NULL; of no meaning where all is.
    let (least, greatest): (Int32, Int32)
    /// Counts that are NULL.
    let nullCount: Int
    /// Whether there is no value.
    let isEmpty: Bool
    /// Whether it may be worth it to look for runs: hardly any value follows its like elsewhere.
    let hasRuns: Bool

    /// Looks at counts, ``ReadingBlock/null`` for NULL.
    ///
    /// - Complexity: O(counts), without branches, so that the compiler can make vectors of it.
    init(_ counts: Span<Int32>) {
        var (least, greatest, nulls, equals): (Int32, Int32, Int32, Int32) = (.max, .min, 0, 0)
        for index in counts.indices {
            let count = counts[index]
            // NULL is the least number there is: one less is the greatest, and bounds nothing.
            least = min(least, count &- 1)
            greatest = max(greatest, count)
            nulls &+= count == ReadingBlock.null ? 1 : 0
        }
        for index in 1..<max(1, counts.count) { equals &+= counts[index] == counts[index &- 1] ? 1 : 0 }
        (self.least, self.greatest, nullCount) = (least &+ 1, greatest, Int(nulls))
        isEmpty = nullCount == counts.count
        hasRuns = Int(equals) >= counts.count / 8
    }
}
