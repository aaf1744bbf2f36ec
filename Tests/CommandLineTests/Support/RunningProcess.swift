import Foundation

/// A process whose output goes into files, so that it never waits for a reader.
///
/// It has no descriptors of this process besides its input and output: servers that a test starts would otherwise keep open
/// what says to Foundation that another test's process has ended.
final class RunningProcess {
    /// The number of the process.
    let identifier: pid_t
    private let output: URL
    private let errors: URL
    /// As wait(2) has it; nil as long as it runs.
    private var ending: Int32?

    /// Starts a program.
    ///
    /// It sees the variables given and no others, save those that programs are found by, and where sanitizers and coverage
    /// look.
    init(
        _ program: URL,
        _ arguments: [String],
        in folder: URL,
        environment: [String: String] = [:],
        input: String = ""
    ) throws {
        let files = FileManager.default.temporaryDirectory
        let name = UUID().uuidString
        output = files.appending(path: name + ".out")
        errors = files.appending(path: name + ".err")
        for file in [output, errors] { try Data().write(to: file) }
        let source = files.appending(path: name + ".in")
        try Data(input.utf8).write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }

        let inherited = ProcessInfo.processInfo.environment.filter { Self.passedOn.contains($0.key) }
        let variables = inherited.merging(environment) { $1 }
        identifier = try Self.spawn(
            program.path(),
            [program.path()] + arguments,
            variables.map { "\($0)=\($1)" },
            in: folder.path(),
            files: [(0, source.path(), O_RDONLY), (1, output.path(), O_WRONLY), (2, errors.path(), O_WRONLY)]
        )
    }

    private static func spawn(
        _ program: String,
        _ arguments: [String],
        _ variables: [String],
        in folder: String,
        files: [(descriptor: Int32, path: String, mode: Int32)]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for file in files { posix_spawn_file_actions_addopen(&actions, file.descriptor, file.path, file.mode, 0) }
        closeAll(&actions, 3)
        changeFolder(&actions, folder)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own, and all signals.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        let (words, entries) = (arguments.map { strdup($0) } + [nil], variables.map { strdup($0) } + [nil])
        defer { for text in words + entries { free(text) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program, &actions, &attributes, words, entries)
        guard code == 0 else {
            throw NSError(domain: NSPOSIXErrorDomain, code: Int(code), userInfo: [NSFilePathErrorKey: program])
        }
        return identifier
    }

    private static let passedOn: Set = [
        "PATH", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE", "TSAN_OPTIONS", "ASAN_OPTIONS", "UBSAN_OPTIONS",
    ]

    deinit {
        if isRunning {
            send(SIGKILL)
            _ = try? outcome()
        }
        for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
    }

    /// Whether it has not ended yet.
    var isRunning: Bool {
        var status: Int32 = 0
        if ending == nil, waitpid(identifier, &status, WNOHANG) == identifier { ending = status }
        return ending == nil
    }

    /// Sends a signal, unless it has ended.
    func send(_ signal: Int32) {
        if isRunning { kill(identifier, signal) }
    }

    /// What it has written to standard error by now.
    func errorsSoFar() throws -> String { String(decoding: try Data(contentsOf: errors), as: UTF8.self) }

    /// Waits for the end, and kills a process that does not come to one in time.
    func outcome(within seconds: Int = 300) throws -> Outcome {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var pause: UInt32 = 500
        while isRunning {
            if ContinuousClock.now > deadline { kill(identifier, SIGKILL) }
            usleep(pause)
            pause = min(pause * 2, 10_000)
        }
        // wait(2): the signal in the lower seven bits, the status in the second byte.
        let (status, signal) = ((ending ?? 0) >> 8 & 0xff, (ending ?? 0) & 0x7f)
        return Outcome(
            status: signal == 0 ? status : -signal,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}

/// Two calls of glibc that Swift's module of it leaves out: posix_spawn_file_actions_addchdir_np(3) and its like.
@_silgen_name("posix_spawn_file_actions_addchdir_np") @discardableResult
private func changeFolder(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>,
    _ folder: UnsafePointer<CChar>
) -> Int32

@_silgen_name("posix_spawn_file_actions_addclosefrom_np") @discardableResult
private func closeAll(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ from: Int32) -> Int32
