import DatasetGen
import Logging

/// What is wrong with the database at present, and when the next attempt is due.
struct Trouble {
    /// Microseconds between two lines of the log about the same trouble.
    private static let silence: Int64 = 60_000_000

    private let log: Logger
    private var backoff = Backoff(first: 50_000, limit: 5_000_000)
    private var current: StoreFailure?
    /// How often the database has been set aside since something was written.
    var setAsides = 0
    private var lastLogged = SimulatedTime.earliest

    init(log: Logger) {
        self.log = log
    }

    /// Notes a failure, and gives the microseconds until the next attempt.
    mutating func note(_ failure: StoreFailure, at instant: SimulatedTime) -> Int64 {
        if failure != current || instant.microseconds - lastLogged.microseconds > Self.silence {
            log.error("\(failure); readings wait and will be written later")
            lastLogged = instant
        }
        current = failure
        return backoff.delay()
    }

    /// Whether something is wrong.
    var isPresent: Bool { current != nil }

    /// Notes a success.
    mutating func end() {
        setAsides = 0
        guard current != nil else { return }
        log.notice("the database can be written again")
        current = nil
        backoff.reset()
    }
}
