import Logging
import Synchronization

/// Looks every ten minutes whether the database is sound, on a thread of its own.
///
/// SQLite notices damage only where it reads, and a run that appends reads next to nothing: without this, damage would be
/// found at the next start, with all that was written behind it.
struct DatabaseWatch {
    /// The time between two looks, at least.
    private static let interval = Duration.seconds(600)
    /// A look takes at most this part of the time.
    private static let greatestShare = 0.02

    /// What the last look has found.
    private struct Finding {
        var damage: String?
        var seconds = 0.0
    }

    private let path: String
    private let log: Logger
    private var next: ContinuousClock.Instant?
    private let finding = SharedFinding()
    private let task = SideTask()

    init(path: String, log: Logger) {
        (self.path, self.log) = (path, log)
    }

    /// Begins a look if it is time for one and the last one is done.
    mutating func beginIfDue(at now: ContinuousClock.Instant) {
        let pause = max(Self.interval, finding.value.withLock { .seconds($0.seconds / Self.greatestShare) })
        guard let due = next else {
            next = now + pause
            return
        }
        guard now >= due else { return }
        let (path, log, finding, task) = (path, log, finding, task)
        let hasBegun = task.begin {
            let begin = ContinuousClock.now
            var damage: String?
            do throws(StoreFailure) {
                damage = try DatabaseCheck.damage(ofPath: path, isWritten: true) { task.isStopRequested }
            } catch { log.debug("the database could not be checked: \(error)") }
            let seconds = (ContinuousClock.now - begin) / .seconds(1)
            finding.value.withLock { $0 = Finding(damage: damage, seconds: seconds) }
        }
        if hasBegun { next = now + pause }
    }

    /// Gives up a look, since the run ends or the database is another one.
    func end() { task.end() }

    /// Has the next look begin at once.
    mutating func hurry(at now: ContinuousClock.Instant) { next = now }

    /// Gives away what is wrong with the database; nil if nothing is known to be.
    func takeDamage() -> String? {
        finding.value.withLock { finding in
            defer { finding.damage = nil }
            return finding.damage
        }
    }

    /// Shared by the run and by the thread that looks.
    private final class SharedFinding: Sendable {
        let value = Mutex(Finding())
    }
}
