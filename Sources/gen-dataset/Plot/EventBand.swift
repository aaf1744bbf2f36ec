/// A stretch of a plot that one event or phenomenon covers, or several of one type that lie too close to tell apart.
struct EventBand {
    /// From the first tick of the first event to behind the last tick of the last.
    var ticks: Range<Int64>
    /// How many events there are.
    var count = 1
}

extension [EventBand] {
    /// Adds the next event, which joins the one before unless more than `gap` ticks lie between.
    mutating func add(_ ticks: Range<Int64>, joiningWithin gap: Int64) {
        if let last = indices.last, ticks.lowerBound - self[last].ticks.upperBound <= gap {
            self[last].ticks = self[last].ticks.lowerBound..<ticks.upperBound
            self[last].count += 1
        } else {
            append(EventBand(ticks: ticks))
        }
    }
}
