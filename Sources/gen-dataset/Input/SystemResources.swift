#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a process needs of the system before it can do anything at once with something else.
///
/// libdispatch, which runs Swift's tasks, asks again every second where it can have no thread, without an end and without a
/// word, and traps where it can have no descriptor. So both are asked for before.
enum SystemResources {
    /// Throws unless there are, or were when it was first asked, as many threads and descriptors as it takes to begin.
    static func check() throws(Failure) { try outcome.get() }

    private static let outcome = Result { () throws(Failure) in
        try checkDescriptors()
        try checkThreads(Processors.count + spareThreads)
    }

    private static func checkDescriptors() throws(Failure) {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        for _ in 0..<descriptorsOfTasks {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw Failure(
                    "no further file can be opened: \(String(cString: strerror(errno))) (ulimit -n)",
                    status: .systemError
                )
            }
            opened.append(descriptor)
        }
    }

    /// Has as many threads at a time, and lets them go again.
    private static func checkThreads(_ count: Int) throws(Failure) {
        let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        gate.initialize(to: pthread_mutex_t())
        pthread_mutex_init(gate, nil)
        pthread_mutex_lock(gate)
        var threads: [pthread_t] = []
        var problem: Int32 = 0
        while threads.count < count, problem == 0 {
            var thread = pthread_t()
            problem = pthread_create(
                &thread,
                nil,
                { gate in
                    let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self)
                    if let gate {
                        pthread_mutex_lock(gate)
                        pthread_mutex_unlock(gate)
                    }
                    return nil
                },
                gate
            )
            if problem == 0 { threads.append(thread) }
        }
        pthread_mutex_unlock(gate)
        for thread in threads { pthread_join(thread, nil) }
        pthread_mutex_destroy(gate)
        gate.deallocate()
        guard problem == 0 else {
            throw Failure(
                "only \(threads.count) of \(count) threads can be had: \(String(cString: strerror(problem))) "
                    + "(ulimit -u, ulimit -v, or a container's limit of processes)",
                status: .systemError
            )
        }
    }

    /// Beside a worker per processor: the journal, the clock of tasks, who runs the command, and a server with its signals.
    private static let spareThreads = 6
    /// epoll, its wake-up and its timer; and one to read with.
    private static let descriptorsOfTasks = 4
}
