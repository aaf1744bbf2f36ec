import Foundation
import Testing

/// The system's clock, which a test sets for one program by a library that is loaded before the system's.
struct SetClock {
    private static let source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <time.h>
        #include <unistd.h>

        static long shift(void) {
            char text[64];
            int file = syscall(SYS_openat, AT_FDCWD, getenv("CLOCK_SHIFT"), O_RDONLY, 0);
            if (file < 0) return 0;
            long count = syscall(SYS_read, file, text, sizeof text - 1);
            syscall(SYS_close, file);
            if (count <= 0) return 0;
            text[count] = 0;
            return atol(text);
        }

        int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = syscall(SYS_clock_gettime, clock, time);
            if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += shift();
            return result;
        }
        """

    private let workspace: Workspace

    /// The variables that give a program this clock.
    var environment: [String: String] {
        ["LD_PRELOAD": workspace.path("clock.so"), "CLOCK_SHIFT": workspace.path("shift")]
    }

    /// A clock that shows the system's time; there must be a compiler, as every machine has one that builds Swift.
    init(_ workspace: Workspace) throws {
        self.workspace = workspace
        try workspace.write(Self.source, to: "clock.c")
        let compilers = ["cc", "gcc", "clang"].map { "\($0) -shared -fPIC -O1 -o clock.so clock.c" }
        let outcome = try workspace.shell(compilers.joined(separator: " || "))
        try #require(outcome.status == 0, "there is no C compiler: \(outcome.errors)")
        try set(to: 0)
    }

    /// Sets the clock to the system's time and so many seconds.
    func set(to seconds: Int) throws {
        // In one go: a program that looks meanwhile sees the old time or the new one.
        try workspace.write("\(seconds)\n", to: "shift.new")
        try #require(rename(workspace.path("shift.new"), workspace.path("shift")) == 0)
    }
}
