import DatasetGen
import Dispatch
import Synchronization

/// What a run has written for good: `.journal` in the folder of the dataset in the making.
///
/// From time to time a record of how far the run has come is appended, once all files are on the disk up to there. Whoever
/// finds the journal knows how to go on. Waiting for the disk and writing happen on a thread of their own, so that the run
/// goes on meanwhile; there is one record in work at a time.
///
/// A record is framed by its length before and its SHA-256 behind, so that one that is not whole is known for it. The
/// first is the ``RunIdentity``, each further one a ``JournalRecord``.
final class Journal: Sendable {
    /// Name of the journal's file.
    static let fileName = ".journal"

    private struct Shared {
        var file: OpenFile?
        var hasRecords = false
        var failure: FileError?
    }

    private let folder: String
    private let identity: RunIdentity
    private let fileSystem: FileSystem
    private let shared: Mutex<Shared>
    private let hasWork = Atomic<Bool>(false)
    private let queue = DispatchQueue(label: "gen-dataset journal")

    /// The journal of a new run, whose file is made with the first record.
    init(of identity: RunIdentity, in folder: String, _ fileSystem: FileSystem) {
        (self.folder, self.identity, self.fileSystem) = (folder, identity, fileSystem)
        shared = Mutex(Shared())
    }

    /// Goes on with the journal of an interrupted run.
    ///
    /// - Throws: ``FileError`` when it cannot be written.
    init(resuming run: InterruptedRun, in folder: String, _ fileSystem: FileSystem) throws(FileError) {
        (self.folder, identity, self.fileSystem) = (folder, run.identity, fileSystem)
        let file = try fileSystem.open(folder + "/" + Self.fileName, .existing)
        try file.cut(to: run.journalBytes)
        shared = Mutex(Shared(file: file, hasRecords: true))
    }

    /// Whether anything is safe.
    var hasRecords: Bool { shared.withLock { $0.hasRecords } }

    /// Whether a record is being written.
    var isBusy: Bool { hasWork.load(ordering: .acquiring) }

    /// Appends a record once the files are on the disk as far as they are now, while the caller goes on.
    func append(_ record: [UInt8], after files: [FileFlusher]) {
        hasWork.store(true, ordering: .releasing)
        queue.async { [self] in
            shared.withLock { shared in
                do throws(FileError) {
                    for file in files { try file.flush() }
                    try write(record, &shared)
                } catch {
                    shared.failure = error
                }
            }
            hasWork.store(false, ordering: .releasing)
        }
    }

    /// Waits until no record is being written; the files may then be closed.
    ///
    /// - Throws: ``FileError`` when a record could not be written.
    func wait() throws(FileError) {
        queue.sync {}
        try checkFailure()
    }

    /// - Throws: ``FileError`` when a record could not be written.
    func checkFailure() throws(FileError) {
        if let failure = shared.withLock({ $0.failure }) { throw failure }
    }

    private func write(_ record: [UInt8], _ shared: inout Shared) throws(FileError) {
        if let file = shared.file {
            try file.write(JournalFrame.bytes(of: record))
            try file.flush()
            return
        }
        let file = try fileSystem.open(folder + "/" + Self.fileName, .creating)
        try file.write(JournalFrame.bytes(of: Array(identity.json.compactText.utf8)))
        try file.write(JournalFrame.bytes(of: record))
        try file.flush()
        // The names of the files, and the folder's own.
        try fileSystem.flush(folder: folder)
        try fileSystem.flush(folder: FileSystem.parent(of: folder))
        (shared.file, shared.hasRecords) = (file, true)
    }
}
