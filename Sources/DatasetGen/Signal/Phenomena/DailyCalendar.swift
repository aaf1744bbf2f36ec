/// When something happens that comes at most once a day at its hours, with random access in time.
struct DailyCalendar: Sendable {
    /// The probability that it comes on a day.
    private let probability: Double
    private let duration: ClosedRange<Int64>
    /// Microseconds from its beginning until nothing is left of it, at most.
    private let longest: Int64
    /// Microseconds from 1970 to the start of the run.
    private let start: Int64

    private static let day = SimulatedTime.microsecondsPerDay

    /// What comes once in `every` microseconds on average, lasts for so many and leaves traces for so many more.
    init(every: Int64, duration: ClosedRange<Int64>, traces: Int64, start: SimulatedTime) {
        probability = Double(Self.day) / Double(every)
        self.duration = duration
        longest = duration.upperBound + traces
        self.start = start.microseconds
    }

    /// Streams of a key.
    private enum Stream: UInt64 {
        case happens, hour, length
    }

    /// Calls `body` with every occurrence that may be felt at one of some microseconds from the start, in the order of time, below
    /// their key.
    ///
    /// - Parameters:
    ///   - times: the microseconds.
    ///   - hours: the hours of local solar time in which it begins.
    ///   - ahead: microseconds by which local solar time is ahead of UTC.
    ///   - key: what they are drawn with.
    ///   - body: what to do with each; it is numbered by the day, from that of the start on.
    func forEach(
        in times: Range<Int64>,
        hours: ClosedRange<Double>,
        ahead: Int64,
        below key: RandomKey,
        _ body: (OccurrenceCalendar.Occurrence) -> Void
    ) {
        guard !times.isEmpty else { return }
        let start = start + ahead
        let startDay = start.flooredQuotient(by: Self.day)
        let first = (start + times.lowerBound - longest).flooredQuotient(by: Self.day)
        let last = (start + times.upperBound - 1).flooredQuotient(by: Self.day)
        for day in first...last {
            let counter = UInt64(bitPattern: day)
            guard key.stream(Stream.happens.rawValue).uniform(counter) < probability else { continue }
            let way = key.stream(Stream.hour.rawValue).uniform(counter)
            let hour = hours.lowerBound + way * (hours.upperBound - hours.lowerBound)
            let begin = day * Self.day + Int64(hour * 3_600_000_000) - start
            let end = begin + key.stream(Stream.length.rawValue).integer(counter, in: duration)
            guard begin < times.upperBound, begin + longest > times.lowerBound else { continue }
            body(OccurrenceCalendar.Occurrence(number: day - startDay, begin: begin, end: end))
        }
    }

    /// How many there are on average in some microseconds.
    func expectedCount(in microseconds: Int64) -> Double {
        Double(microseconds) / Double(Self.day) * probability
    }
}
