#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The three descriptors that every process is born with, or should be.
enum StandardStreams {
    /// Makes of what a caller may have done to them errors of write(2), before anything is written.
    static func prepare() {
        // Who stops reading notes or progress on standard error does not end the command half way.
        signal(SIGPIPE, SIG_IGN)
        occupyClosed()
    }

    /// Takes the places of those that the caller has closed (`>&-`).
    ///
    /// Otherwise the next file to be opened would get such a number, and the summary be written into a dataset's file. What
    /// takes the place can be neither read nor written, as the closed one.
    private static func occupyClosed() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // The lowest number that is free, open(2): those below are taken already.
            _ = open("/dev/null", mode)
        }
    }

    /// Writes all bytes, and waits where a terminal or a pipe that does not block takes none for now.
    ///
    /// - Returns: 0, or the system's reason why not.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { emit(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&state, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    /// Ends the process as one whose reader has gone away.
    static func endBySignal() -> Never {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
        exit(128 + SIGPIPE)
    }
}

/// The system's call, whose name the method above hides.
private func emit(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
