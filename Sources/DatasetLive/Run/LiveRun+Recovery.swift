import DatasetGen
import Logging

extension LiveRun {
    /// Does what helps against a failure; the readings that could not be written stay where they are, in front of the
    /// cursor.
    func recover(_ state: inout LiveState, from failure: StoreFailure) throws(LiveError) {
        let now = clock.now()
        let delay = trouble.note(failure, at: now)
        monitor.update { monitored in
            monitored.status.health = .degraded
            monitored.status.problem = failure.description
            monitored.status.errorCount += 1
            monitored.status.retries += 1
            monitored.status.lastError = failure.description
            monitored.status.lastErrorAt = now
        }
        switch failure {
        case .damaged(let damage): try rescue(&state, damage)
        case .unusable(let reason): throw .database(path: request.databasePath, reason: reason)
        case .locked: wait(delay)
        case .full, .unavailable:
            wait(delay)
            reopen(&state)
        }
    }

    /// Opens the database again, for instance because its file is another one now.
    func reopen(_ state: inout LiveState) {
        let settings = state.store.settings
        state.store.close()
        do throws(StoreFailure) {
            try DatabaseFiles.makeFolder(of: settings.path)
            try adopt(LiveStore(settings), &state)
        } catch {
            log.debug("the database cannot be opened: \(error)")
        }
    }

    /// Goes on in a database that may lack what this run knows.
    func adopt(_ store: LiveStore, _ state: inout LiveState) throws(StoreFailure) {
        let position = state.cursor.position
        if try store.contents().checkpoint?.nextReading != state.segment.reading(at: position) {
            try store.store(state.checkpoint(at: position), versions: state.versions, entries: state.entries)
        }
        try store.prepare(for: state.segment.texts)
        state.store = store
    }

    private func rescue(_ state: inout LiveState, _ damage: String) throws(LiveError) {
        let settings = state.store.settings
        state.store.close()
        do throws(StoreFailure) {
            let result = try DatabaseRescue(columns: settings.columns, timestamps: settings.timestamps)
                .replace(settings.path, damage: damage, at: clock.now(), log)
            try adopt(LiveStore(settings), &state)
            monitor.update { monitored in
                monitored.status.readingsSaved += result.saved
                monitored.status.readingsLost += result.lost
            }
        } catch {
            throw .database(path: settings.path, reason: error.description)
        }
    }

    /// Waits, unless somebody stops the run.
    private func wait(_ microseconds: Int64) {
        let end = SimulatedTime(microseconds: clock.now().microseconds + microseconds)
        while clock.now() < end, !options.isStopRequested() { clock.wait(until: end) }
    }
}
