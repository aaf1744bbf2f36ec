/// The simulated instants at which every sensor reports: `start`, then every `interval`, up to `end` (exclusive).
///
/// Tick `n` lies at `start + ⌊n · interval⌋` microseconds, computed from `n` alone, so intervals such as 7 s or 1/3 s
/// do not drift. A grid of a recording has the instants of its readings instead, and `interval` is what usually lies
/// between them.
public struct TickGrid: Hashable, Sendable {
    /// The instant of tick 0.
    public let start: SimulatedTime
    /// The first instant that is not part of the grid any more.
    public let end: SimulatedTime
    /// The time from one tick to the next.
    public let interval: TickInterval
    /// The number of ticks; zero when `end` is not after `start`.
    public let tickCount: Int64
    /// The instants of the ticks; nil where they follow from the interval.
    let given: GivenTimes?

    /// The ticks at given instants, which are usually an interval apart; the grid ends an interval behind the last.
    package init(_ times: GivenTimes, interval: TickInterval) {
        given = times
        self.interval = interval
        tickCount = times.count
        start = SimulatedTime(microseconds: times.time(ofTick: 0, interval: interval.wholeMicroseconds))
        end = SimulatedTime(microseconds: times.time(ofTick: tickCount, interval: interval.wholeMicroseconds))
    }

    /// The ticks of `[start, end)`.
    public init(start: SimulatedTime, end: SimulatedTime, interval: TickInterval) {
        self.start = start
        self.end = end
        self.interval = interval
        given = nil
        let length = Int128(max(0, end.microseconds - start.microseconds))
        let (above, below) = (Int128(interval.microseconds.numerator), Int128(interval.microseconds.denominator))
        // The first tick at or past the end: ⌊n · a / b⌋ ≥ length exactly when n · a ≥ length · b.
        tickCount = Int64((length * below + above - 1) / above)
    }

    /// Every so many instants of this grid, from the first on.
    package func every(_ step: Int64) -> TickGrid {
        guard step != 1 else { return self }
        precondition(given == nil, "sensors of a recording report at all of its instants")
        guard let product = interval.microseconds.multiplied(by: step),
            let longer = TickInterval(microseconds: product)
        else { preconditionFailure("an interval beyond what a recipe can state") }
        return TickGrid(start: start, end: end, interval: longer)
    }

    /// The instant of a tick, also of one outside the grid.
    public func time(ofTick tick: Int64) -> SimulatedTime {
        if let given {
            return SimulatedTime(microseconds: given.time(ofTick: tick, interval: interval.wholeMicroseconds))
        }
        let (above, below) = (interval.microseconds.numerator, interval.microseconds.denominator)
        if below == 1 {
            return SimulatedTime(microseconds: start.microseconds + tick * above)
        }
        let offset = (Int128(tick) * Int128(above)).flooredQuotient(by: Int128(below))
        return SimulatedTime(microseconds: start.microseconds + Int64(offset))
    }

    /// Calls `body` with the instants of consecutive ticks, in microseconds since 1970: faster than asking for each.
    @inline(__always)
    func forEachTime(of ticks: Range<Int64>, _ body: (Int64) -> Void) {
        if let given {
            for tick in ticks { body(given.time(ofTick: tick, interval: interval.wholeMicroseconds)) }
            return
        }
        let (above, below) = (interval.microseconds.numerator, interval.microseconds.denominator)
        let (whole, part) = above.quotientAndRemainder(dividingBy: below)
        var time = time(ofTick: ticks.lowerBound).microseconds
        // What flooring has cut off so far, in parts of a microsecond.
        var rest = Int64(Int128(ticks.lowerBound) * Int128(above) - Int128(time - start.microseconds) * Int128(below))
        for _ in ticks {
            body(time)
            time += whole
            rest += part
            if rest >= below {
                rest -= below
                time += 1
            }
        }
    }

    /// The number of ticks that a duration spans, rounded to the nearest and at least 1.
    public func ticks(in microseconds: Int64) -> Int64 {
        let (above, below) = (Int128(interval.microseconds.numerator), Int128(interval.microseconds.denominator))
        return max(1, Int64((Int128(microseconds) * below * 2 + above) / (above * 2)))
    }

    /// The first tick at or after the instant that lies `microseconds` after ``start``, or before it if these are negative.
    func tick(atOffset microseconds: Int64) -> Int64 {
        guard given == nil, microseconds < 0 else { return firstTick(atOffset: microseconds) }
        let (above, below) = (Int128(interval.microseconds.numerator), Int128(interval.microseconds.denominator))
        return -Int64((-Int128(microseconds) * below).flooredQuotient(by: above))
    }

    /// The first tick at or after the instant that lies `microseconds` after ``start``.
    public func firstTick(atOffset microseconds: Int64) -> Int64 {
        if let given {
            let (instant, isTooLate) = start.microseconds.addingReportingOverflow(microseconds)
            return isTooLate && microseconds > 0 ? tickCount : Int64(given.count(before: instant))
        }
        let (above, below) = (Int128(interval.microseconds.numerator), Int128(interval.microseconds.denominator))
        return Int64((Int128(microseconds) * below + above - 1) / above)
    }
}
