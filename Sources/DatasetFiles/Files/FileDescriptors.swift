#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The process's limit of open files, of which connections are part.
package enum FileDescriptors {
    /// What the rest of the process keeps.
    private static let reserve = 256

    /// How many of the wanted files the process may open; its soft limit is raised towards the hard one for them.
    package static func available(wanted: Int) -> Int {
        var limit = rlimit()
        guard read(&limit) else { return wanted }
        let needed = rlim_t(wanted + reserve)
        if limit.rlim_cur < needed {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if write(raised) { limit = raised }
        }
        guard limit.rlim_cur < needed else { return wanted }
        return max(16, Int(limit.rlim_cur) - reserve)
    }

    private static func read(_ limit: inout rlimit) -> Bool {
        #if canImport(Glibc)
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        #else
        unsafe getrlimit(RLIMIT_NOFILE, &limit) == 0
        #endif
    }

    private static func write(_ limit: rlimit) -> Bool {
        var limit = limit
        #if canImport(Glibc)
        return unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        #else
        return unsafe setrlimit(RLIMIT_NOFILE, &limit) == 0
        #endif
    }
}
