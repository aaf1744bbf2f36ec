import Foundation

/// A process whose output goes into files, so that it never waits for a reader.
final class RunningProcess {
    private let process = Process()
    private let output: URL
    private let errors: URL

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
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = inherited.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: source)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    private static let passedOn: Set = [
        "PATH", "LD_LIBRARY_PATH", "LLVM_PROFILE_FILE", "TSAN_OPTIONS", "ASAN_OPTIONS", "UBSAN_OPTIONS",
    ]

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
    }

    /// The number of the process.
    var identifier: Int32 { process.processIdentifier }

    /// Whether it has not ended yet.
    var isRunning: Bool { process.isRunning }

    /// Sends a signal.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for the end, and kills a process that does not come to one in time.
    func outcome(within seconds: Int = 60) throws -> Outcome {
        let identifier = process.processIdentifier
        let watchdog = DispatchWorkItem { kill(identifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watchdog)
        process.waitUntilExit()
        watchdog.cancel()
        let status = process.terminationStatus
        return Outcome(
            status: process.terminationReason == .exit ? status : -status,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}
