import DatasetGen

/// Notices that somebody has set the clock: then the time of day has gone another way than the steady clock.
struct ClockWatch {
    /// What has happened to the clock.
    enum Finding: Hashable {
        /// It was set back by so many microseconds; readings wait until it is where it has been.
        case setBack(by: Int64)
        /// It was set forward by so many microseconds.
        case setForward(by: Int64)
        /// It is where it was before it was set back.
        case isBack
    }

    /// A clock that is kept in step with others moves by less than this, in microseconds.
    private static let tolerance: Int64 = 1_000_000

    private var last: (wall: SimulatedTime, steady: ContinuousClock.Instant)?
    /// The time of day until which readings wait, since the clock was set back; nil if it was not.
    private(set) var awaited: SimulatedTime?
    /// By how many microseconds it was set back.
    private(set) var setBack: Int64 = 0

    /// Begins to watch, with the time of day of the newest reading: the clock may have been set while no run went on.
    mutating func begin(at wall: SimulatedTime, newest: SimulatedTime?) -> Finding? {
        guard let newest, newest.microseconds - wall.microseconds > Self.tolerance else { return nil }
        return wait(until: newest, from: wall)
    }

    /// Looks at both clocks.
    mutating func look(_ wall: SimulatedTime, _ steady: ContinuousClock.Instant) -> Finding? {
        defer { last = (wall, steady) }
        if let last {
            let expected = last.wall.microseconds + Int64((steady - last.steady) / .microseconds(1))
            let drift = wall.microseconds - expected
            if drift < -Self.tolerance {
                return wait(until: max(SimulatedTime(microseconds: expected), awaited ?? .earliest), from: wall)
            }
            if drift > Self.tolerance {
                if let awaited, wall >= awaited { self.awaited = nil }
                return .setForward(by: drift)
            }
        }
        guard let awaited, wall >= awaited else { return nil }
        self.awaited = nil
        return .isBack
    }

    private mutating func wait(until instant: SimulatedTime, from wall: SimulatedTime) -> Finding {
        awaited = instant
        setBack = instant.microseconds - wall.microseconds
        return .setBack(by: setBack)
    }
}

extension DurationText {
    /// A duration to the second, and at least one.
    static func seconds(ofMicroseconds value: Int64) -> String {
        text(ofMicroseconds: max(1, (value + 500_000) / 1_000_000) * 1_000_000)
    }
}
