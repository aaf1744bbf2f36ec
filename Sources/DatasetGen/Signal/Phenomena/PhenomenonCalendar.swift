/// When a phenomenon comes, and how strong it is.
struct PhenomenonCalendar: Sendable {
    /// A phenomenon that has come; its times are microseconds from the start of the run, in whole seconds so that tables can tell
    /// them.
    struct Occurrence {
        /// Its number, which tells it from others of the same key.
        let number: Int64
        let begin: Int64
        let end: Int64
        /// When nothing is felt of it any more.
        let over: Int64
        /// 0.5…1.
        let strength: Double
    }

    private enum Times {
        case any(OccurrenceCalendar)
        case fog(DailyCalendar)
        case sun(DailyCalendar)
    }

    private let times: Times
    private let recovery: Int64

    init(_ parameters: PhenomenonParameters, start: SimulatedTime) {
        let (every, duration, traces) = (parameters.every, parameters.duration, parameters.recovery)
        recovery = traces
        let daily = DailyCalendar(every: every, duration: duration, traces: traces, start: start)
        times =
            switch parameters.nature {
            case .fog: .fog(daily)
            case .sun: .sun(daily)
            case .rain, .other: .any(OccurrenceCalendar(.every(every), duration: duration, traces: traces))
            }
    }

    /// Calls `body` with every occurrence that may be felt at one of some microseconds from the start, below their key, in the order
    /// of time; local solar time is `ahead` of UTC by so many microseconds.
    func forEach(in times: Range<Int64>, ahead: Int64, below key: RandomKey, _ body: (Occurrence) -> Void) {
        let strengths = key.stream(Self.strength)
        // What begins within a second may begin before it, once seconds are whole.
        let times = times.lowerBound..<times.upperBound + Self.second
        func whole(_ found: OccurrenceCalendar.Occurrence) {
            let (begin, end) = (Self.secondsBelow(found.begin), Self.secondsBelow(found.end))
            let occurrence = Occurrence(
                number: found.number,
                begin: begin,
                end: end,
                over: Self.secondsBelow(end + recovery + Self.second - 1),
                strength: 0.5 + 0.5 * strengths.uniform(UInt64(bitPattern: found.number))
            )
            body(occurrence)
        }
        switch self.times {
        case .any(let calendar): calendar.forEach(in: times, below: key, whole)
        // In the second half of the night, as the ground has cooled.
        case .fog(let calendar): calendar.forEach(in: times, hours: 0...5, ahead: ahead, below: key, whole)
        case .sun(let calendar):
            // The hour at which nothing shades the housing is the sensor's own.
            let hour = 8 + 8 * key.uniform(.max)
            calendar.forEach(in: times, hours: hour - 0.25...hour + 0.25, ahead: ahead, below: key, whole)
        }
    }

    /// A stream that no calendar has.
    private static let strength: UInt64 = 8

    private static let second: Int64 = 1_000_000

    private static func secondsBelow(_ microseconds: Int64) -> Int64 {
        microseconds.flooredQuotient(by: second) * second
    }

    /// How many there are on average in some microseconds.
    func expectedCount(in microseconds: Int64) -> Double {
        switch times {
        case .any(let calendar): calendar.expectedCount(in: microseconds)
        case .fog(let calendar), .sun(let calendar): calendar.expectedCount(in: microseconds)
        }
    }
}
