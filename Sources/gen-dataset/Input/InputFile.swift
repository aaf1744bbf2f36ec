import DatasetChecks
import DatasetFiles
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads small files whole.
enum InputFile {
    /// Recipes, identities and manifests are no longer than this: 16 MiB.
    private static let limit = 16 << 20

    /// Whether there is something at a path.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Where a file or folder really is, links followed.
    ///
    /// - Throws: ``Failure`` when there is none, or something else, such as a pipe that never ends.
    static func location(of path: String) throws(Failure) -> String {
        var status = stat()
        guard stat(path, &status) == 0, let resolved = realpath(path, nil) else {
            throw Failure(String(cString: strerror(errno)), status: .inputNotFound)
        }
        defer { free(resolved) }
        guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw Failure("it is not a file", status: .inputNotFound)
        }
        // Read as text, such a path would be that of another file.
        guard let text = String(validatingCString: resolved) else {
            throw Failure("the path of its folder, \(String(cString: resolved)), is not UTF-8", status: .inputNotFound)
        }
        return text
    }

    /// The bytes of a file.
    ///
    /// What is no file might never end, or never begin: a device or a pipe is read only where the shell hands it over, as
    /// `/dev/stdin` and, for `<(command)`, as `/dev/fd/63`.
    ///
    /// - Throws: ``InputError`` when it cannot be read or is longer than 16 MiB.
    static func contents(of path: String) throws(InputError) -> [UInt8] {
        let isHandedOver = isHandedOver(path)
        // Opening a named pipe waits for somebody to write into it, unless it must not.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (isHandedOver ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else { throw InputError(path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw InputError(path, code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            guard status.st_size <= limit else { throw tooLong(path) }
        case S_IFDIR: throw InputError(path, code: EISDIR)
        default:
            guard isHandedOver else { throw InputError(path, reason: "it is no file; - reads standard input") }
        }
        return try contents(of: descriptor, name: path)
    }

    /// The readings in a file.
    ///
    /// - Throws: `RecordingError`.
    static func recording(_ request: RecordingRequest) throws(RecordingError) -> Recording {
        var request = request
        do throws(Failure) {
            request.path = try location(of: request.path)
        } catch { throw RecordingError("cannot read \(request.name): \(error)", isMissing: true) }
        let file: StoredFile
        do throws(FileError) {
            file = try StoredFile(path: request.path)
        } catch { throw RecordingError(error.description, isMissing: true) }
        return try RecordingReader.read(file, request)
    }

    /// The readings in a file that options describe, with notes on what of it is left out.
    ///
    /// - Throws: ``Failure``.
    static func recording(
        named path: String,
        _ options: RecordingOptions,
        notesAreShown: Bool
    ) throws(Failure) -> Recording {
        let metrics = options.metrics.map { RecordingRequest.Column(name: $0.name, column: $0.column, resolution: nil) }
        let request = RecordingRequest(
            path: path,
            name: path,
            time: options.time,
            sensor: options.sensor,
            table: options.table,
            columns: metrics.isEmpty ? nil : metrics,
            isKept: false
        )
        let recording: Recording
        do throws(RecordingError) {
            recording = try Self.recording(request)
        } catch { throw Failure(error.description, status: error.isMissing ? .inputNotFound : .invalidRecipe) }
        if notesAreShown { for note in recording.notes { Console.note("note: " + note) } }
        return recording
    }

    /// Whether the shell hands a descriptor over, which may be a pipe.
    static func isHandedOver(_ path: String) -> Bool {
        ["/dev/fd/", "/proc/self/fd/"].contains { path.hasPrefix($0) } || path == "/dev/stdin"
    }

    /// What is left to read from a descriptor.
    static func contents(of descriptor: Int32, name: String) throws(InputError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw InputError(name, code: errno)
            }
            bytes += buffer.prefix(count)
            guard bytes.count <= limit else { throw tooLong(name) }
        }
    }

    private static func tooLong(_ name: String) -> InputError {
        InputError(name, reason: "it is longer than 16 MiB", status: .invalidRecipe)
    }
}
