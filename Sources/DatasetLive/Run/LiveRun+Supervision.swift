import DatasetGen
import Logging

extension LiveRun {
    /// Looks after what changes rarely: the recipe, the database's file, its size, backups.
    ///
    /// False if the database has the size at which the run ends.
    func supervise(_ state: inout LiveState, at now: SimulatedTime) throws(LiveError) -> Bool {
        look(state, at: now)
        if !state.store.isInPlace {
            log.warning("the file of the database has been moved or deleted; the run goes on in a new one")
            reopen(&state)
        }
        let size = state.store.size
        monitor.update { monitored in
            monitored.status.databaseBytes = size
            monitored.rate.note(rows: monitored.status.rowsWritten, at: now)
        }
        backup.beginIfDue(at: now)
        watch.beginIfDue(at: now)
        if let damage = watch.takeDamage() { try recover(&state, from: .damaged(damage)) }
        guard let limit = request.live.database.maximumSizeMegabytes, Double(size) >= limit * 1_048_576 else {
            return true
        }
        if request.live.database.atMaximumSize == .rotate {
            rotate(&state, at: now)
            return true
        }
        log.notice("the database has reached max_size_mb, \(limit) MiB; the run ends")
        return false
    }

    /// Sets the database aside and goes on in a new one.
    private func rotate(_ state: inout LiveState, at now: SimulatedTime) {
        let settings = state.store.settings
        state.store.close()
        do throws(StoreFailure) {
            let aside = try DatabaseFiles.setAside(settings.path, at: now)
            log.notice("the database has reached max_size_mb; it is set aside as \(aside)")
        } catch { log.error("\(error)") }
        reopen(&state)
    }
}
