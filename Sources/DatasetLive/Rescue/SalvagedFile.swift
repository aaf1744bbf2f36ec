import DatasetGen
import Foundation
import Logging

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The new database of a rescue, on its way to the place of the damaged one.
struct SalvagedFile {
    /// SQLite's `application_id` of such files, "live" in ASCII: nothing else is ever removed.
    static let mark = 0x6c69_7665

    private let path: String
    /// Written, and not whole yet.
    private var partial: String { path + "-salvage-partial" }
    /// Whole.
    private var whole: String { path + "-salvage" }

    /// The one that belongs to a database.
    init(of path: String) {
        self.path = path
    }

    /// Whether a rescue was whole when its process ended.
    var isWhole: Bool { Self.isMarked(whole) }

    /// Saves what is readable of the database, sets it aside, and puts the new one into its place.
    ///
    /// Unless `isCertain`, it stays where it is if it looks sound by then: what reading gave was not what the disk holds.
    ///
    /// - Returns: nil where it stays.
    /// - Throws: ``StoreFailure``; it stays where it is then, too, or the new one is whole and takes its place later.
    func replace(
        _ damage: String,
        by rescue: DatabaseRescue,
        _ known: DatabaseRescue.Bookkeeping? = nil,
        isCertain: Bool = false,
        at instant: SimulatedTime,
        _ log: Logger
    ) throws(StoreFailure) -> DatabaseRescue.Result? {
        log.error("the database is damaged: \(damage); what is readable is being saved")
        try makeRoom(partial)
        try makeRoom(whole)
        var result = DatabaseRescue.Result()
        do throws(StoreFailure) {
            result = try rescue.salvage(path, into: partial, known)
        } catch {
            guard case .unusable = error else {
                unlinkIfMarked(partial)
                throw error
            }
            log.error("nothing of it can be read: \(error)")
            if !isCertain, try isSound(rescue, log) { return nil }
            unlinkIfMarked(partial)
            _ = try setAside(at: instant, log)
            return result
        }
        try Self.flush(partial)
        if !isCertain, try isSound(rescue, log) { return nil }
        try Self.move(partial, to: whole)
        try takePlace(at: instant, log)
        log.warning("\(result.saved) readings saved, \(result.lost) lost")
        return result
    }

    /// Whether the database is sound after all; then there is no new one any more.
    private func isSound(_ rescue: DatabaseRescue, _ log: Logger) throws(StoreFailure) -> Bool {
        do throws(StoreFailure) {
            guard try DatabaseCheck.damage(ofPath: path, unless: rescue.isStopRequested) == nil else { return false }
        } catch {
            unlinkIfMarked(partial)
            throw error
        }
        unlinkIfMarked(partial)
        log.warning("the database is sound at another look, and stays where it is")
        return true
    }

    /// Sets aside what is in the place, and puts the whole file there.
    func takePlace(at instant: SimulatedTime, _ log: Logger) throws(StoreFailure) {
        _ = try setAside(at: instant, log)
        try Self.move(whole, to: path)
        try Self.flush(DatabaseFiles.folder(of: path))
    }

    private func setAside(at instant: SimulatedTime, _ log: Logger) throws(StoreFailure) -> String {
        let aside = try DatabaseFiles.setAside(path, mark: "damaged", at: instant)
        log.error("the damaged database is set aside as \(aside)")
        return aside
    }

    /// Removes what a process that was killed has left, and nothing else.
    private func makeRoom(_ name: String) throws(StoreFailure) {
        unlinkIfMarked(name)
        for companion in ["", "-journal"] where FileManager.default.fileExists(atPath: name + companion) {
            throw .unavailable("\(name + companion) is in the way")
        }
    }

    private func unlinkIfMarked(_ name: String) {
        // One that was killed before SQLite had written its first page is empty.
        if Self.isMarked(name) || FileIdentity.size(ofPath: name) == 0 { unsafe unlink(name) }
    }

    /// Source: https://sqlite.org/fileformat2.html, section 1.3: the application's id lies at offset 68.
    private static func isMarked(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path), let header = try? file.read(upToCount: 72),
            header.count == 72
        else { return false }
        return header.starts(with: Array("SQLite format 3".utf8))
            && header.suffix(4).reduce(0) { $0 << 8 | Int($1) } == mark
    }

    /// Brings a file or a folder to the disk.
    static func flush(_ path: String) throws(StoreFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreFailure(errno, path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreFailure(errno, path) }
    }

    private static func move(_ path: String, to new: String) throws(StoreFailure) {
        guard unsafe rename(path, new) == 0 else { throw StoreFailure(errno, new) }
    }
}
