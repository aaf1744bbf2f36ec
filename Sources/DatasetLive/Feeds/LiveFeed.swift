import DatasetDelivery
import DatasetFormats
import DatasetGen
import Dispatch
import Logging
import Synchronization

/// One feed: a thread that sends readings which are committed to a broker, and again until they are acknowledged.
///
/// What waits is a position: readings are computed again when they are sent. So a broker that is down takes no memory,
/// however long, and holds up neither the database nor another feed.
final class LiveFeed: Sendable {
    private struct Shared {
        var status: FeedStatus
        var next: Int64
    }

    let url: String
    let name: String
    /// Seconds for which a receiver that asks for it is left alone at most.
    private static let longestPause = 300.0
    private let feeds: LiveFeeds
    private let positions: FeedPositions
    private let shared: Mutex<Shared>
    private let isIdle = Atomic(false)
    private let isDone = Atomic(false)
    private let wake = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - url: the broker and what messages go to.
    ///   - name: the same as messages show it.
    ///   - feeds: knows which readings may be sent.
    ///   - positions: where the feed stands is kept there.
    ///   - next: the `id` of the reading that it begins with.
    init(_ url: String, name: String, of feeds: LiveFeeds, _ positions: FeedPositions, next: Int64) {
        (self.url, self.name, self.feeds, self.positions) = (url, name, feeds, positions)
        var status = FeedStatus(name: name)
        status.lastReading = next - 1
        shared = Mutex(Shared(status: status, next: next))
    }

    /// Whether the thread has come to its end.
    var hasEnded: Bool { isDone.load(ordering: .acquiring) }

    /// Where the feed stands before what is still on its way.
    func status(_ front: FeedFront, at now: SimulatedTime) -> FeedStatus {
        let (known, next) = shared.withLock { ($0.status, front.next(from: $0.next)) }
        var status = known
        status.readingsWaiting = max(0, front.lastReading - next + 1)
        guard status.readingsWaiting > 0, next >= front.segment.version.firstReading else { return status }
        let time = front.segment.time(at: next - 1 - front.segment.shift)
        status.lagSeconds = max(0, Double(now.microseconds - front.anchor.wall(at: time).microseconds) / 1e6)
        return status
    }

    /// Has the thread look whether there is something to send.
    func notice() {
        if isIdle.exchange(false, ordering: .acquiringAndReleasing) { wake.signal() }
    }

    /// Sends readings until there are no more, or nobody wants them any more.
    func run() {
        defer { isDone.store(true, ordering: .releasing) }
        var sender = FeedSender(url: url, unless: { [feeds] in feeds.isStopped })
        var backoff = Backoff(first: 200_000, limit: 5_000_000)
        var stored = shared.withLock { $0.next }
        var nextStore = ContinuousClock.now
        while !feeds.isStopped {
            // Asked before how far the run is: what it has committed last is seen once it is over.
            let isOver = feeds.isOver
            let front = feeds.front
            let next = front.next(from: shared.withLock { $0.next })
            if stored != next, ContinuousClock.now >= nextStore {
                store(next)
                (stored, nextStore) = (next, ContinuousClock.now + .milliseconds(500))
            }
            if next > front.lastReading {
                if isOver { break }
                wait(.milliseconds(stored == next ? 1_000 : 100), for: next)
                do throws(DeliveryError) { try sender.keepAlive() } catch { note(error.description) }
                continue
            }
            do throws(DeliveryError) {
                let result = try sender.send(from: next, front)
                backoff.reset()
                shared.withLock { shared in
                    shared.next = result.next
                    shared.status.lastReading = result.next - 1
                    shared.status.messages += Int64(result.messages)
                    shared.status.possibleDuplicates += result.repeats
                    shared.status.isConnected = true
                }
            } catch {
                note(error.description)
                wait(max(.microseconds(backoff.delay()), .seconds(min(error.pause ?? 0, Self.longestPause))))
            }
        }
        let next = shared.withLock { $0.next }
        if stored != next { store(next) }
    }

    /// Waits for a while, or until a reading is committed where one is given.
    private func wait(_ duration: Duration, for reading: Int64? = nil) {
        let deadline = ContinuousClock.now + duration
        if let reading {
            isIdle.store(true, ordering: .sequentiallyConsistent)
            // It may have come before anybody knew that it is waited for.
            if feeds.front.lastReading >= reading { return }
        }
        while !feeds.isStopped, ContinuousClock.now < deadline {
            let step = min(deadline - ContinuousClock.now, .milliseconds(100)) / .microseconds(1)
            let isWoken = wake.wait(timeout: .now() + .microseconds(max(1, Int(step)))) == .success
            if isWoken, reading != nil { return }
        }
    }

    private func note(_ error: String) {
        let now = feeds.clock.now()
        let isNews = shared.withLock { shared in
            defer {
                (shared.status.lastError, shared.status.lastErrorAt) = (error, now)
                shared.status.isConnected = false
            }
            return shared.status.isConnected || shared.status.lastError != error
        }
        guard isNews, !feeds.isStopped else { return }
        feeds.log.warning("the feed waits: \(error)")
        feeds.note(error)
    }

    private func store(_ next: Int64) {
        do throws(StoreFailure) {
            try positions.store(next, of: name)
        } catch {
            // A position that is too old means messages that come twice, and none that is lost.
            note(error.description)
        }
    }
}
