/// Several looks at what may seem damaged for a while only, with growing pauses between them.
///
/// What a disk has returned wrongly once, it may return rightly the next time; SQLite calls that damage, too.
struct Looks {
    /// How many looks there are before what they say is believed.
    let count: Int
    /// Microseconds of the first pause.
    let firstPause: Int64
    /// Microseconds of the longest one.
    let longestPause: Int64
    let clock: any LiveClock
    /// With that there are no pauses any more.
    let isStopRequested: @Sendable () -> Bool

    /// What the first look gives that gives something; nil if none does.
    func first<Value, Failure: Error>(_ look: () throws(Failure) -> Value?) throws(Failure) -> Value? {
        var backoff = Backoff(first: firstPause, limit: longestPause)
        for remaining in (0..<count).reversed() {
            if let value = try look() { return value }
            if remaining == 0 { break }
            let end = clock.steady() + .microseconds(backoff.delay())
            while clock.steady() < end, !isStopRequested() { clock.wait(for: end - clock.steady()) }
        }
        return nil
    }
}
