import DatasetGen
import Glibc

/// What the process takes of the machine.
struct ProcessUsage: Sendable {
    /// Resident memory.
    var residentBytes: Int64
    /// User and system time since the process began.
    var processorSeconds: Double

    /// As it is now.
    static func current() -> ProcessUsage {
        var usage = rusage()
        unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        return ProcessUsage(
            residentBytes: residentPages() * Int64(sysconf(Int32(_SC_PAGESIZE))),
            processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime)
        )
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }

    /// The second number of /proc/self/statm (proc(5)); 0 where there is no such file.
    private static func residentPages() -> Int64 {
        let file = unsafe open("/proc/self/statm", O_RDONLY)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = unsafe read(file, &bytes, bytes.count)
        let fields = bytes.prefix(max(0, count)).split(separator: UInt8(ascii: " "))
        return fields.count > 1 ? Int64(String(decoding: fields[1], as: UTF8.self)) ?? 0 : 0
    }
}

extension SimulatedTime {
    /// The wall clock.
    static func now() -> SimulatedTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return SimulatedTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
