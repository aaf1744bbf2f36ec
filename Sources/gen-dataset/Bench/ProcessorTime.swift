#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Seconds of processor time, of all threads of this process.
struct ProcessorTime: Sendable {
    /// In the program.
    var user: Double
    /// In the system.
    var system: Double

    /// What has been spent so far, getrusage(2).
    static var spent: ProcessorTime {
        var usage = rusage()
        // RUSAGE_SELF, which C libraries declare as different types.
        getrusage(0, &usage)
        return ProcessorTime(user: seconds(usage.ru_utime), system: seconds(usage.ru_stime))
    }

    /// What has been spent between two moments.
    static func - (end: ProcessorTime, begin: ProcessorTime) -> ProcessorTime {
        ProcessorTime(user: end.user - begin.user, system: end.system - begin.system)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
