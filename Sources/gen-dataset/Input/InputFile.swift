import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads small files whole.
enum InputFile {
    /// Recipes and identities are no longer than this.
    private static let limit = 64 << 20

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
        return String(cString: resolved)
    }

    /// The bytes of a file.
    ///
    /// - Throws: ``Failure`` when it cannot be read or is longer than 64 MiB.
    static func contents(of path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure("cannot read \(path): \(String(cString: strerror(errno)))", status: .inputNotFound)
        }
        defer { close(descriptor) }
        return try contents(of: descriptor, name: path)
    }

    /// What is left to read from a descriptor.
    static func contents(of descriptor: Int32, name: String) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure("cannot read \(name): \(String(cString: strerror(errno)))", status: .inputNotFound)
            }
            bytes += buffer.prefix(count)
            guard bytes.count <= limit else {
                throw Failure("\(name) is longer than 64 MiB", status: .invalidRecipe)
            }
        }
    }
}
