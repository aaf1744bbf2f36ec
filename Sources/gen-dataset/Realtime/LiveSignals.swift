import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Whether the run is to end, and whether the recipe is to be read again: a signal handler can reach nothing but globals.
private let isStopped = Atomic(false)
private let isReloadAsked = Atomic(false)

/// Turns SIGINT and SIGTERM into a request to end, and SIGHUP into one to read the recipe again.
struct LiveSignals: Sendable {
    /// Begins to watch for signals.
    init() {
        // Initialises the globals before a handler can.
        isStopped.store(false, ordering: .relaxed)
        isReloadAsked.store(false, ordering: .relaxed)
        // A full disk, a file-size limit and a reader that has gone away are errors of write(2).
        for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if isStopped.exchange(true, ordering: .relaxed) { _exit(128 + number) }
            }
        }
        signal(SIGHUP) { _ in isReloadAsked.store(true, ordering: .relaxed) }
    }

    /// Whether the run is to end.
    var isStopRequested: Bool { isStopped.load(ordering: .relaxed) }

    /// Whether the recipe is to be read again; asking takes the request away.
    func takeReloadRequest() -> Bool {
        isReloadAsked.load(ordering: .relaxed) && isReloadAsked.exchange(false, ordering: .relaxed)
    }
}
