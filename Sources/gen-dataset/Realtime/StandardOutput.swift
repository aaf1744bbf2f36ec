#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Standard output as a consumer of readings.
enum StandardOutput {
    /// The room that a pipe has when poll(2) says that it has some: PIPE_BUF.
    private static let room = 4_096

    /// Writes all bytes, however slowly they are read; false if the reader has gone away.
    ///
    /// It never waits in write(2), so that a reader that has stopped reading does not keep the run from ending.
    static func write(_ bytes: [UInt8], unless isStopRequested: () -> Bool) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            var state = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
            let ready = poll(&state, 1, 100)
            if ready == 0 || ready < 0 && errno == EINTR {
                if isStopRequested() { return true }
                continue
            }
            let count = rest.prefix(room).withUnsafeBytes { emit($0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// The system's call, whose name the method above hides.
private func emit(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(STDOUT_FILENO, bytes, count) }
