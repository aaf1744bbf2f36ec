#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension LoadJournal {
    /// Whether a server process may have begun after the last note: two seconds are within what clocks differ.
    func isOlder(thanProcessOf seconds: Double) -> Bool {
        var (status, now) = (stat(), timespec())
        guard unsafe stat(path, &status) == 0, unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return true }
        return Double(now.tv_sec - status.st_mtim.tv_sec) + 2 > seconds
    }
}
