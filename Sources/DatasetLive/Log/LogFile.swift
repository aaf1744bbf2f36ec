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
        var descriptor: Int32
        var size: Int64
    }

    private let path: String
    private let limit: Int64
    private let backups: Int
    private let state: Mutex<State>

    /// Opens the file of the settings; nil if they name none, or it cannot be opened, which is said on standard error.
    init?(_ parameters: LoggingParameters) {
        guard let path = parameters.file else { return nil }
        self.path = path
        limit = Int64((parameters.maximumFileSizeMegabytes ?? 10) * 1_048_576)
        backups = parameters.backupCount ?? 5
        let folder = DatabaseFiles.parts(of: path).folder
        if !folder.isEmpty {
            try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        let descriptor = Self.open(path)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            Self.writeToConsole("the log file \(path) cannot be opened: \(reason)\n")
            return nil
        }
        state = Mutex(State(descriptor: descriptor, size: FileIdentity.size(ofPath: path) ?? 0))
    }

    deinit {
        _ = state.withLock { close($0.descriptor) }
    }

    /// Appends a line; one that cannot be written is lost, since a log must not stop the run.
    func write(_ line: String) {
        state.withLock { state in
            reopenIfGone(&state)
            let count = Int64(line.utf8.count)
            if state.size > 0, state.size + count > limit { rotate(&state) }
            Self.write(line, to: state.descriptor)
            state.size += count
        }
    }

    /// Writes a line to standard error.
    static func writeToConsole(_ line: String) {
        write(line, to: STDERR_FILENO)
    }

    /// Where the file has been moved or deleted, as programs do that rotate logs, or could not be opened, a new one is made.
    private func reopenIfGone(_ state: inout State) {
        guard state.descriptor < 0 || FileIdentity(ofPath: path) != FileIdentity(ofDescriptor: state.descriptor) else {
            return
        }
        let descriptor = Self.open(path)
        guard descriptor >= 0 else { return }
        if state.descriptor >= 0 { close(state.descriptor) }
        state = State(descriptor: descriptor, size: FileIdentity.size(ofPath: path) ?? 0)
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
        state = State(descriptor: Self.open(path), size: 0)
    }

    private static func open(_ path: String) -> Int32 {
        openFile(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    }

    private static func write(_ line: String, to descriptor: Int32) {
        var bytes = Array(line.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe writeBytes(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

/// The system's calls, whose names this type's own methods hide.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { unsafe open(path, flags, mode) }

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
