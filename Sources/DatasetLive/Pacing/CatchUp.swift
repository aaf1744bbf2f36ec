import DatasetGen
import Logging

/// Says when a run has fallen behind and when it is in time again, and from where on it leaves readings out.
struct CatchUp {
    /// Seconds after which a reading is so late that something is wrong.
    static let tolerableLateness = 10.0

    private let log: Logger
    /// Whether the run is behind and has said so.
    private var isBehind = false
    /// Whether the run has left readings out since it fell behind.
    private var hasSkipped = false

    init(log: Logger) {
        self.log = log
    }

    /// Takes note that readings are due, the oldest of them so many seconds after its time.
    mutating func note(waiting: Int64, late seconds: Double) {
        guard !isBehind, seconds > Self.tolerableLateness else { return }
        isBehind = true
        let lateness = DurationText.seconds(ofMicroseconds: Int64(min(seconds, 1e11) * 1e6))
        log.notice("\(waiting) readings are caught up, the oldest \(lateness) after its time")
    }

    /// Takes note that readings were left out.
    mutating func noteSkip() {
        hasSkipped = true
    }

    /// Takes note that no reading is due.
    mutating func end() {
        hasSkipped = false
        guard isBehind else { return }
        isBehind = false
        log.notice("the run is in time again")
    }

    /// The simulated instant before which nothing is caught up at another one; nil if nothing is too late.
    ///
    /// A run that has left readings out and goes on to fall behind may be a tenth later before it leaves out more: it would
    /// do so at every write.
    func horizon(limit: Int64?, oldest: SimulatedTime, at now: SimulatedTime) -> SimulatedTime? {
        guard let limit else { return nil }
        let allowed = hasSkipped ? limit + max(limit / 10, 1_000_000) : limit
        guard now.microseconds - oldest.microseconds > allowed else { return nil }
        return SimulatedTime(microseconds: now.microseconds - limit)
    }
}
