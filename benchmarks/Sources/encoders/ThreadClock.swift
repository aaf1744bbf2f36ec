import Glibc

/// The time that this thread has spent on a core, in its own code and in the system's on its behalf.
///
/// Other work on the machine does not count, and a step is a nanosecond: clock_gettime(2), CLOCK_THREAD_CPUTIME_ID.
enum ThreadClock {
    /// Seconds since the thread began.
    static var seconds: Double {
        var time = timespec()
        precondition(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0, "no clock of this thread")
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
