import DatasetDelivery
import DatasetGen
import Foundation
import Logging
import Synchronization

/// The feeds of a live run, each with a thread and a position of its own.
final class LiveFeeds: Sendable {
    private let shared: Mutex<FeedFront>
    private let over = Atomic(false)
    private let stopped = Atomic(false)
    private let feeds: Mutex<[LiveFeed]> = Mutex([])
    /// Where the feeds lead.
    let urls: [String]
    let clock: any LiveClock
    let log: Logger
    private let monitor: LiveMonitor

    /// Throws where a feed cannot have the readings of a fleet.
    ///
    /// - Throws: ``LiveError``.
    static func check(_ urls: [String], _ plan: GenerationPlan) throws(LiveError) {
        let source = MessageSource(plan, identity: "")
        var names: Set<String> = []
        for url in urls {
            do throws(DeliveryError) {
                let broker = try RegisteredBrokers.broker(of: url, source)
                guard names.insert(broker.name).inserted else {
                    throw DeliveryError(.usage, "\(broker.name) is there twice")
                }
            } catch { throw .feed(reason: error.description) }
        }
    }

    /// The feeds as messages show them; none for a URL that is none.
    static func names(of urls: [String]) -> [String] {
        urls.compactMap { try? RegisteredBrokers.broker(of: $0, .none).name }
    }

    /// Begins to feed brokers with the readings of a run.
    ///
    /// A feed goes on where it stood; one that is new to the run begins with the next reading.
    ///
    /// - Throws: ``LiveError`` where a feed cannot have them.
    init(
        _ urls: [String],
        _ state: LiveState,
        database: String,
        clock: any LiveClock,
        log: Logger,
        monitor: LiveMonitor
    ) throws(LiveError) {
        (self.urls, self.clock, self.log, self.monitor) = (urls, clock, log, monitor)
        let front: FeedFront
        do throws(StoreFailure) {
            front = try FeedFront(state)
        } catch { throw .feed(reason: "which readings the run has left out cannot be read: \(error)") }
        shared = Mutex(front)
        let positions = FeedPositions(ofDatabase: database, run: state.run)
        var made: [LiveFeed] = []
        for url in urls {
            let name: String
            do throws(DeliveryError) {
                name = try RegisteredBrokers.broker(of: url, .none).name
            } catch { throw .feed(reason: error.description) }
            let next = positions.next(of: name) ?? front.lastReading + 1
            do throws(StoreFailure) {
                // Whatever ends the process before the first message is acknowledged.
                try positions.store(next, of: name)
            } catch { throw .feed(reason: "where \(name) stands cannot be kept: \(error)") }
            made.append(LiveFeed(url, name: name, of: self, positions, next: next))
        }
        for feed in made {
            let thread = Thread { feed.run() }
            thread.stackSize = 8 << 20
            thread.start()
        }
        feeds.withLock { [made] in $0 = made }
    }

    /// Which readings may be sent.
    var front: FeedFront { shared.withLock { $0 } }

    /// Whether no reading comes any more.
    var isOver: Bool { over.load(ordering: .acquiring) }

    /// Whether nothing is to be sent any more.
    var isStopped: Bool { stopped.load(ordering: .acquiring) }

    /// Tells the feeds where the run stands.
    func follow(_ state: LiveState) {
        shared.withLock { $0.follow(state) }
        for feed in feeds.withLock({ $0 }) { feed.notice() }
    }

    /// Tells the feeds which readings the run leaves out.
    func skip(_ readings: ClosedRange<Int64>) { shared.withLock { $0.skipped.append(readings) } }

    /// How far each feed has come.
    func status(at now: SimulatedTime) -> [FeedStatus] {
        let front = front
        return feeds.withLock { $0 }.map { $0.status(front, at: now) }
    }

    /// Counts an error of a feed.
    func note(_ error: String) { monitor.note(error: error, at: clock.now()) }

    /// Ends the feeds: once everything is acknowledged, or at once if somebody asks the run to stop.
    func end(isStopRequested: () -> Bool) {
        over.store(true, ordering: .releasing)
        for feed in feeds.withLock({ $0 }) { feed.notice() }
        var hasSaid = false
        let begin = ContinuousClock.now
        while !isStopRequested(), !hasEnded {
            usleep(5_000)
            if !hasSaid, ContinuousClock.now - begin > .seconds(2) {
                hasSaid = true
                log.notice("the run waits until its feeds have sent what is due")
            }
        }
        stopped.store(true, ordering: .releasing)
        for feed in feeds.withLock({ $0 }) { feed.notice() }
        // What is on its way may be stuck; it is sent again by the next run.
        let deadline = ContinuousClock.now + .seconds(2)
        while !hasEnded, ContinuousClock.now < deadline { usleep(5_000) }
    }

    private var hasEnded: Bool { feeds.withLock { $0 }.allSatisfy(\.hasEnded) }
}
