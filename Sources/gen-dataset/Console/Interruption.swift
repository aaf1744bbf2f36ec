import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The signal that has come, 0 for none: a signal handler can reach nothing but globals.
private let receivedSignal = Atomic<Int32>(0)

/// Turns SIGINT, SIGTERM and SIGHUP into a request to stop, so that a run can clean up; a second one ends the process.
struct Interruption: Sendable {
    /// Begins to watch for signals.
    init() {
        // Initialises the global before the handler can.
        receivedSignal.store(0, ordering: .relaxed)
        // A file-size limit then is an error of write(2) like any other.
        signal(SIGXFSZ, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { number in
                if receivedSignal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
            }
        }
    }

    /// Whether a signal has come.
    var isRequested: Bool { receivedSignal.load(ordering: .relaxed) != 0 }

    /// The status to exit with.
    var status: ExitStatus { ExitStatus(rawValue: 128 + receivedSignal.load(ordering: .relaxed)) ?? .interrupted }
}
