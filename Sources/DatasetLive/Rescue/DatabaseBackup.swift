import DatasetGen
import Foundation
import GRDB
import Logging

/// Copies the database every few hours, on a thread of its own, and keeps the last copies.
struct DatabaseBackup {
    private let path: String
    private let folder: String
    /// Nil if no copies are made.
    private let interval: Duration?
    private let kept: Int
    private let log: Logger
    private let onFailure: @Sendable (String) -> Void
    private var next: ContinuousClock.Instant?
    private let task = SideTask()

    init(
        _ parameters: DatabaseParameters,
        path: String,
        log: Logger,
        onFailure: @escaping @Sendable (String) -> Void
    ) {
        self.path = path
        self.log = log
        self.onFailure = onFailure
        folder = parameters.backupPath ?? DatabaseFiles.parts(of: path).folder + "backups"
        interval = parameters.makesBackups == true ? .seconds((parameters.backupIntervalHours ?? 24) * 3_600) : nil
        kept = parameters.maximumBackups ?? 5
    }

    /// Begins a copy for a run if it is time for one and the last one is done.
    mutating func beginIfDue(at now: SimulatedTime, _ steady: ContinuousClock.Instant, run: String) {
        guard let interval else { return }
        guard let due = next else {
            next = steady + interval
            return
        }
        guard steady >= due else { return }
        let (path, folder, kept, log, task, onFailure) = (path, folder, kept, log, task, onFailure)
        let hasBegun = task.begin {
            do {
                let copy = try Self.copy(path, into: folder, run: run, at: now) { task.isStopRequested }
                log.info("backup made: \(folder)/\(copy.text)")
                try Self.prune(folder, of: path, run: run, keeping: kept, justMade: copy)
            } catch {
                if task.isStopRequested { return log.info("a backup is given up, since the run ends") }
                let reason = "no backup was made: \(error)"
                log.error("\(reason)")
                onFailure(reason)
            }
        }
        if hasBegun { next = steady + interval }
    }

    /// Gives up a copy that is being made, since the run ends.
    func end() { task.end() }

    /// Copies a database into a folder while it is written to, and gives the name of the copy.
    private static func copy(
        _ path: String,
        into folder: String,
        run: String,
        at instant: SimulatedTime,
        unless isStopRequested: @escaping @Sendable () -> Bool
    ) throws -> BackupName {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try removeRemains(in: folder, of: path, run: run)
        let name = BackupName(of: path, run: run, at: instant)
        let target = folder + "/" + name.text
        let partial = target + BackupName.partialEnding
        for place in [target, partial] where FileManager.default.fileExists(atPath: place) {
            throw StoreFailure.unavailable("\(place) is there already")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        do {
            defer { try? queue.close() }
            let interruption = Interruption(unless: isStopRequested) { queue.interrupt() }
            defer { interruption.end() }
            // A reader in WAL mode: the run goes on writing.
            try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
            // The name is the final one only once the copy is whole and on the disk.
            try SalvagedFile.flush(partial)
            try FileManager.default.moveItem(atPath: partial, toPath: target)
            try SalvagedFile.flush(folder)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        return name
    }

    /// Removes copies that this run was making when its process was killed.
    private static func removeRemains(in folder: String, of path: String, run: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix(BackupName.partialEnding) {
            let copy = String(name.dropLast(BackupName.partialEnding.count))
            guard BackupName(parsing: copy, of: path, run: run) != nil else { continue }
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    /// Removes the oldest copies that this run has made, never the newest; every other file stays, whatever its name.
    static func prune(
        _ folder: String,
        of path: String,
        run: String,
        keeping kept: Int,
        justMade: BackupName
    ) throws {
        let copies = try FileManager.default.contentsOfDirectory(atPath: folder)
            .compactMap { BackupName(parsing: $0, of: path, run: run) }
            .filter { $0 != justMade }
            .sorted { $0.date < $1.date }
        for copy in copies.dropLast(max(0, kept - 1)) {
            try FileManager.default.removeItem(atPath: folder + "/" + copy.text)
        }
    }
}
