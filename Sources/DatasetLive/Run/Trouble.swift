import Logging

/// What is wrong with the database at present, and when the next attempt is due.
struct Trouble {
    /// The time between two lines of the log about the same trouble.
    private static let silence = Duration.seconds(60)

    private let log: Logger
    private var backoff = Backoff(first: 50_000, limit: 5_000_000)
    private var current: StoreFailure?
    /// How often the database has been set aside since something was written.
    var setAsides = 0
    /// How often the database has looked sound, after damage was met in it, since something was written.
    var soundLooks = 0
    private var lastLogged: ContinuousClock.Instant?

    init(log: Logger) {
        self.log = log
    }

    /// Notes a failure, and gives the time until the next attempt.
    mutating func note(_ failure: StoreFailure, at instant: ContinuousClock.Instant) -> Duration {
        if failure != current || lastLogged.map({ instant - $0 > Self.silence }) != false {
            log.error("\(failure); readings wait and will be written later")
            lastLogged = instant
        }
        current = failure
        return .microseconds(backoff.delay())
    }

    /// Whether something is wrong.
    var isPresent: Bool { current != nil }

    /// Notes a success.
    mutating func end() {
        (setAsides, soundLooks) = (0, 0)
        guard current != nil else { return }
        log.notice("the database can be written again")
        current = nil
        backoff.reset()
    }
}
