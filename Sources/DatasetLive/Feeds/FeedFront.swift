import DatasetGen

/// Which readings feeds may send: those that the run has committed.
struct FeedFront: Sendable {
    /// The run's own mark.
    let run: String
    /// The versions of the recipe, the current one last.
    var versions: [AppliedVersion]
    /// The current version with its plan.
    var segment: LiveSegment
    /// How simulated time follows the wall clock.
    var anchor: ClockAnchor
    /// The `id` of the last reading that is committed.
    var lastReading: Int64
    /// Readings that the run has left out.
    var skipped: [ClosedRange<Int64>]

    /// - Throws: ``StoreFailure`` where the database does not say what was left out.
    init(_ state: LiveState) throws(StoreFailure) {
        (run, versions, segment, anchor) = (state.run, state.versions, state.segment, state.anchor)
        lastReading = state.segment.reading(at: state.cursor.position) - 1
        skipped = try state.store.skippedReadings()
    }

    /// Takes over where the run stands.
    mutating func follow(_ state: LiveState) {
        if versions.last != state.versions.last { (versions, segment) = (state.versions, state.segment) }
        lastReading = state.segment.reading(at: state.cursor.position) - 1
    }

    /// The version that a reading belongs to, and the last reading of it that may be sent.
    func stretch(from reading: Int64) -> (version: AppliedVersion, last: Int64)? {
        guard let index = versions.lastIndex(where: { $0.firstReading <= reading }) else { return nil }
        var last = index + 1 < versions.count ? min(lastReading, versions[index + 1].firstReading - 1) : lastReading
        for range in skipped where range.lowerBound > reading { last = min(last, range.lowerBound - 1) }
        return (versions[index], last)
    }

    /// The first reading from one on that was not left out.
    func next(from reading: Int64) -> Int64 {
        var next = reading
        for range in skipped where range.contains(next) { next = range.upperBound + 1 }
        return next
    }
}
