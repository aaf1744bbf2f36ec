import Synchronization

/// Watches whether the server has begun anew since blocks were acknowledged, some of which it may then have lost.
///
/// VictoriaMetrics acknowledges what is in its memory, and writes it to its disk some seconds later (`vmstorage` flushes every
/// five seconds, which takes up to ten): what was acknowledged so long before the same process answered again is safe.
final class VMRestarts: Sendable {
    private struct Shared {
        /// When the process has begun, by its own clock.
        var start: Double?
        var lastLook: ContinuousClock.Instant?
        /// Blocks that may be in the server's memory alone.
        var recent: [(time: ContinuousClock.Instant, blocks: [Int64])] = []
    }

    private let shared = Mutex(Shared())
    /// After so long a block is on the disk.
    private static let safeAfter = Duration.seconds(30)
    private static let betweenLooks = Duration.seconds(3)

    /// Takes note of the process to which everything is sent.
    func begin(_ start: Double?) {
        shared.withLock { $0.start = start }
    }

    /// Takes note that blocks were acknowledged.
    func add(_ blocks: [Int64]) {
        shared.withLock { $0.recent.append((.now, blocks)) }
    }

    /// When blocks were last acknowledged.
    var lastAcknowledged: ContinuousClock.Instant? { shared.withLock { $0.recent.last?.time } }

    /// Whether it is time to look again.
    var isDue: Bool {
        shared.withLock { shared in shared.lastLook.map { .now - $0 > Self.betweenLooks } ?? true }
    }

    /// Looks whether the process is still the same one, and has `repair` bring again what another one may have lost.
    ///
    /// One worker looks at a time, and the others wait: nothing is sent before what was lost is back.
    ///
    /// - Parameters:
    ///   - start: when the process that answers now has begun.
    ///   - repair: asks for what is there of blocks, and sends the rest.
    /// - Throws: what these throw.
    func look(
        _ start: () throws(DeliveryError) -> Double?,
        repair: (_ blocks: [Int64]) throws(DeliveryError) -> Void
    ) throws(DeliveryError) {
        let failure: DeliveryError? = shared.withLock { shared in
            let now = ContinuousClock.now
            do throws(DeliveryError) {
                let start = try start()
                if start != shared.start {
                    try repair(shared.recent.flatMap(\.blocks))
                    // Brought again just now, they are as recent as can be.
                    shared.recent = shared.recent.map { (now, $0.blocks) }
                    shared.start = start
                } else {
                    shared.recent.removeAll { now - $0.time > Self.safeAfter }
                }
                shared.lastLook = now
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
    }
}
