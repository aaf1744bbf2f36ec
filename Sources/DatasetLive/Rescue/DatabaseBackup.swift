import DatasetGen
import Foundation
import GRDB
import Logging
import Synchronization

/// Copies the database every few hours, on a thread of its own, and keeps the last copies.
struct DatabaseBackup {
    private let path: String
    private let folder: String
    /// Microseconds; nil if no copies are made.
    private let interval: Int64?
    private let kept: Int
    private let log: Logger
    private var next: SimulatedTime?
    private let isBusy = Flag()

    init(_ parameters: DatabaseParameters, path: String, log: Logger) {
        self.path = path
        self.log = log
        folder = parameters.backupPath ?? DatabaseFiles.parts(of: path).folder + "backups"
        interval = parameters.makesBackups == true ? Int64((parameters.backupIntervalHours ?? 24) * 3.6e9) : nil
        kept = parameters.maximumBackups ?? 5
    }

    /// Begins a copy if it is time for one and the last one is done.
    mutating func beginIfDue(at now: SimulatedTime) {
        guard let interval else { return }
        guard let due = next else {
            next = SimulatedTime(microseconds: now.microseconds + interval)
            return
        }
        guard now >= due, isBusy.raise() else { return }
        next = SimulatedTime(microseconds: now.microseconds + interval)
        let (path, folder, kept, log, isBusy) = (path, folder, kept, log, isBusy)
        Thread.detachNewThread {
            defer { isBusy.lower() }
            do {
                let copy = try Self.copy(path, into: folder, at: now)
                log.info("backup made: \(copy)")
                try Self.prune(folder, of: path, keeping: kept)
            } catch { log.error("no backup was made: \(error)") }
        }
    }

    /// Copies a database into a folder while it is written to, and gives the path of the copy.
    static func copy(_ path: String, into folder: String, at instant: SimulatedTime) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let target = DatabaseFiles.freePath(beside: path, in: folder, at: instant)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        // A reader in WAL mode: the run goes on writing. The name is the final one only once the copy is whole.
        let partial = target + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
        try FileManager.default.moveItem(atPath: partial, toPath: target)
        return target
    }

    /// Removes the oldest copies, by their dated names.
    static func prune(_ folder: String, of path: String, keeping kept: Int) throws {
        let name = DatabaseFiles.parts(of: path).name
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let copies = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix(name[..<dot] + "-") && $0.hasSuffix(name[dot...]) }
            .sorted()
        for copy in copies.dropLast(kept) { try FileManager.default.removeItem(atPath: folder + "/" + copy) }
    }
}

/// A flag that one thread raises and another lowers.
private final class Flag: Sendable {
    private let isRaised = Atomic(false)

    /// Raises the flag; false if it was raised already.
    func raise() -> Bool { !isRaised.exchange(true, ordering: .acquiringAndReleasing) }

    func lower() { isRaised.store(false, ordering: .releasing) }
}
