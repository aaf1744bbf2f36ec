import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The signal that has come, 0 for none: a signal handler can reach nothing but globals.
private let receivedSignal = Atomic<Int32>(0)

/// Turns SIGINT and SIGTERM into a request to stop, so that a run can clean up; a second signal ends the process.
struct Interruption: Sendable {
    /// Begins to watch for signals.
    init() {
        // Initialises the global before the handler can.
        receivedSignal.store(0, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if receivedSignal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
            }
        }
    }

    /// Whether a signal has come.
    var isRequested: Bool { receivedSignal.load(ordering: .relaxed) != 0 }

    /// The status to exit with.
    var status: ExitStatus { receivedSignal.load(ordering: .relaxed) == SIGTERM ? .terminated : .interrupted }
}
