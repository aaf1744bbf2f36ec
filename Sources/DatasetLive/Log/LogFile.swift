import DatasetGen
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A log file that is rotated by size: `x.log` becomes `x.log.1`, that one `x.log.2`, and the last one goes.
final class LogFile: Sendable {
    private struct State {
        /// Negative while the file cannot be opened.
        var descriptor: Int32
        var size: Int64
        /// Whether it has been said that the file cannot be written.
        var isTold = false
        /// Lines that have not reached the file since then.
        var missing = 0
    }

    private let path: String
    private let limit: Int64
    private let backups: Int
    private let state: Mutex<State>

    /// Opens the file of the settings; nil if they name none.
    ///
    /// One that cannot be opened is tried again with each line; standard error says that it cannot, and once it can.
    init?(_ parameters: LoggingParameters) {
        guard let path = parameters.file else { return nil }
        self.path = path
        limit = Int64((parameters.maximumFileSizeMegabytes ?? 10) * 1_048_576)
        backups = parameters.backupCount ?? 5
        let descriptor = Self.open(path)
        if descriptor < 0 { Self.complain("the log file \(path) cannot be opened") }
        let size = FileIdentity.size(ofPath: path) ?? 0
        state = Mutex(State(descriptor: descriptor, size: size, isTold: descriptor < 0))
    }

    deinit {
        state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } }
    }

    /// Appends a line; one that cannot be written is lost, since a log must not stop the run.
    func write(_ line: String) {
        state.withLock { state in
            reopenIfGone(&state)
            let count = Int64(line.utf8.count)
            if state.size > 0, state.size + count > limit { rotate(&state) }
            if state.descriptor >= 0, Self.write(line, to: state.descriptor) {
                state.size += count
                guard state.isTold else { return }
                Self.writeToConsole("the log file \(path) is written again; it lacks \(state.missing) lines\n")
                (state.isTold, state.missing) = (false, 0)
            } else {
                if !state.isTold { Self.complain("the log file \(path) cannot be written") }
                state.isTold = true
                state.missing += 1
            }
        }
    }

    /// Says what the system has just refused.
    private static func complain(_ text: String) {
        let reason = unsafe String(cString: strerror(errno))
        writeToConsole("\(text): \(reason)\n")
    }

    /// Writes a line to standard error.
    static func writeToConsole(_ line: String) {
        _ = write(line, to: STDERR_FILENO)
    }

    /// Where the file has been moved or deleted, as programs do that rotate logs, or could not be opened, a new one is made.
    private func reopenIfGone(_ state: inout State) {
        guard state.descriptor < 0 || FileIdentity(ofPath: path) != FileIdentity(ofDescriptor: state.descriptor) else {
            return
        }
        let descriptor = Self.open(path)
        guard descriptor >= 0 else { return }
        if state.descriptor >= 0 { close(state.descriptor) }
        (state.descriptor, state.size) = (descriptor, FileIdentity.size(ofPath: path) ?? 0)
    }

    private func rotate(_ state: inout State) {
        close(state.descriptor)
        if backups == 0 {
            unsafe unlink(path)
        } else {
            for number in stride(from: backups - 1, through: 1, by: -1) {
                unsafe rename("\(path).\(number)", "\(path).\(number + 1)")
            }
            unsafe rename(path, path + ".1")
        }
        (state.descriptor, state.size) = (Self.open(path), 0)
    }

    /// Opens a file, or makes it and its folder.
    private static func open(_ path: String) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
        let descriptor = openFile(path, flags, 0o644)
        let folder = DatabaseFiles.parts(of: path).folder
        guard descriptor < 0, errno == ENOENT, !folder.isEmpty else { return descriptor }
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return openFile(path, flags, 0o644)
    }

    /// Writes a line; false if not all of it could be written, and errno says why.
    private static func write(_ line: String, to descriptor: Int32) -> Bool {
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe writeBytes(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}

/// The system's calls, whose names this type's own methods hide.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { unsafe open(path, flags, mode) }

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
