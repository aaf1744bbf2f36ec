#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How fast a disk takes bytes: the limit of whoever writes.
struct DiskProbe {
    /// A file that is written for this, and removed.
    let path: String

    /// Bytes a second, until they are on the disk; `bytes` is rounded up to whole MiB.
    ///
    /// - Throws: ``Failure`` on a full disk, for instance.
    func writeRate(bytes: Int64) throws(Failure) -> Double {
        let count = (bytes - 1) >> 20 + 1
        let chunk = Self.chunk
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(.cannotCreate) }
        defer {
            close(descriptor)
            unlink(path)
        }
        let begin = ContinuousClock.now
        for _ in 0..<count {
            var rest = chunk[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if written < 0, errno != EINTR { throw failure(.ioError) }
                rest = rest.dropFirst(max(0, written))
            }
        }
        guard fsync(descriptor) == 0 else { throw failure(.ioError) }
        return Double(count << 20) / ((ContinuousClock.now - begin) / .seconds(1))
    }

    /// A MiB that no file system can compress.
    private static var chunk: [UInt8] {
        // Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014: the first half of its mixing.
        var state: UInt64 = 0
        return (0..<(1 << 20))
            .map { _ in
                state &+= 0x9e37_79b9_7f4a_7c15
                return UInt8(truncatingIfNeeded: (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9 >> 56)
            }
    }

    private func failure(_ status: ExitStatus) -> Failure {
        Failure("cannot write \(path): \(String(cString: strerror(errno)))", status: status)
    }
}
