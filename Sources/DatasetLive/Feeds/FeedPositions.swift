import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The file beside the database that says how far each feed has come.
///
/// Its first line is the mark of the run; each other one is the number of a feed's next reading, a blank, and the feed's
/// name. It is replaced as a whole, and says what is acknowledged: whatever ends the process, no reading is left out.
final class FeedPositions: Sendable {
    private let path: String
    private let run: String
    private let next: Mutex<[String: Int64]>

    /// Reads the file of a database; what another run has written counts for nothing.
    init(ofDatabase database: String, run: String) {
        path = database + "-feeds"
        self.run = run
        next = Mutex(Self.contents(of: path, run: run))
    }

    /// The number of a feed's next reading; nil for a feed that is new to the run.
    func next(of feed: String) -> Int64? { next.withLock { $0[feed] } }

    /// Whether one of some feeds goes on before a reading.
    func isBehind(_ feeds: [String], _ reading: Int64) -> Bool {
        next.withLock { positions in feeds.contains { positions[$0].map { $0 < reading } ?? false } }
    }

    /// Writes that a feed goes on with a reading.
    ///
    /// - Throws: ``StoreFailure`` when the file cannot be written; it says then what it said before.
    func store(_ reading: Int64, of feed: String) throws(StoreFailure) {
        let failure: StoreFailure? = next.withLock { positions in
            positions[feed] = reading
            let lines = positions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }
            return replace(run + "\n" + lines.joined())
        }
        if let failure { throw failure }
    }

    private func replace(_ text: String) -> StoreFailure? {
        let partial = path + "-new"
        let descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return StoreFailure(errno, path) }
        let bytes = Array(text.utf8)
        let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        let isWritten = count == bytes.count && fdatasync(descriptor) == 0
        let reason = count >= 0 && count < bytes.count ? ENOSPC : errno
        close(descriptor)
        guard isWritten, unsafe rename(partial, path) == 0 else {
            return StoreFailure(isWritten ? errno : reason, path)
        }
        return nil
    }

    private static func contents(of path: String, run: String) -> [String: Int64] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [:] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: longest)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
        guard lines.first.map(String.init) == run else { return [:] }
        var next: [String: Int64] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2, let reading = Int64(parts[0]), reading > 0 { next[String(parts[1])] = reading }
        }
        return next
    }

    /// The most bytes that the file has.
    private static let longest = 1 << 20
}
