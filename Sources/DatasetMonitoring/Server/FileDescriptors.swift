import Glibc

/// The process's limit of open files, of which connections are part.
enum FileDescriptors {
    /// What the rest of the process keeps.
    private static let reserve = 256

    /// How many of the wanted connections the process may open; its soft limit is raised towards the hard one for them.
    static func connections(wanted: Int) -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return wanted }
        let needed = rlim_t(wanted + reserve)
        if limit.rlim_cur < needed {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        guard limit.rlim_cur < needed else { return wanted }
        return max(16, Int(limit.rlim_cur) - reserve)
    }
}
