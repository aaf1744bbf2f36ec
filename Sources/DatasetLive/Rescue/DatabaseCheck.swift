import GRDB

/// Asks SQLite whether a database is sound.
enum DatabaseCheck {
    /// What is wrong with a database that nobody writes, once several looks have found something; nil if one has not.
    ///
    /// - Throws: ``StoreFailure`` if that cannot be said.
    static func lastingDamage(
        ofPath path: String,
        clock: any LiveClock,
        unless isStopRequested: @escaping @Sendable () -> Bool
    ) throws(StoreFailure) -> String? {
        let looks = Looks(
            count: 4,
            firstPause: 50_000,
            longestPause: 400_000,
            clock: clock,
            isStopRequested: isStopRequested
        )
        var found: String?
        _ = try looks.first { () throws(StoreFailure) -> Bool? in
            found = try damage(ofPath: path, unless: isStopRequested)
            return found == nil ? true : nil
        }
        return found
    }

    /// What is wrong with a database; nil if SQLite finds nothing.
    ///
    /// - Parameters:
    ///   - path: the database.
    ///   - isWritten: a run writes it, so it is only read.
    ///   - isStopRequested: whether somebody waits for the check to end.
    /// - Returns: one line; nil if all is well.
    /// - Throws: ``StoreFailure`` if that cannot be said.
    static func damage(
        ofPath path: String,
        isWritten: Bool = false,
        unless isStopRequested: @escaping @Sendable () -> Bool = { false }
    ) throws(StoreFailure) -> String? {
        // SQLite would take the log for remains, delete it, and find that an empty database is sound.
        if DatabaseFiles.hasOrphans(path) { return "the file is empty, and its log is not" }
        do {
            var configuration = Configuration()
            configuration.readonly = isWritten
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase { $0.keepLog(true) }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            let interruption = Interruption(unless: isStopRequested) { queue.interrupt() }
            defer { interruption.end() }
            let finding = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
            return finding == "ok" ? nil : finding ?? "quick_check says nothing"
        } catch {
            if case .damaged(let text) = StoreFailure(error) { return text }
            throw StoreFailure(error)
        }
    }
}
