import DatasetGen
import Logging

extension LiveRun {
    /// The time between two times at which what the write-ahead log holds is brought into the database.
    private static let bringInInterval = Duration.seconds(60)

    /// Looks after what changes rarely: the recipe, the files, the size, backups.
    ///
    /// False if the database has the size at which the run ends.
    func supervise(_ state: inout LiveState, at now: SimulatedTime) throws(LiveError) -> Bool {
        let steady = clock.steady()
        look(&state, at: now, steady)
        try superviseDatabase(&state, at: now, steady)
        superviseLines(&state, at: now)
        let size = state.store.size
        monitor.update { monitored in
            monitored.status.databaseBytes = size
            monitored.rate.note(rows: monitored.status.rowsWritten, at: steady)
        }
        guard state.store.isOpen else { return true }
        backup.beginIfDue(at: now, steady, run: state.run)
        watch.beginIfDue(at: steady)
        if let damage = watch.takeDamage() { try recover(&state, from: .damaged(damage)) }
        guard let limit = request.live.database.maximumSizeMegabytes, Double(size) >= limit * 1_048_576 else {
            return true
        }
        if request.live.database.atMaximumSize == .rotate {
            try rotate(&state, at: now)
            return true
        }
        log.notice("the database has reached max_size_mb, \(limit) MiB; the run ends")
        return false
    }

    private func superviseDatabase(
        _ state: inout LiveState,
        at now: SimulatedTime,
        _ steady: ContinuousClock.Instant
    ) throws(LiveError) {
        do throws(StoreFailure) {
            if state.store.isOpen {
                switch state.store.change() {
                case nil: break
                case .shrunk:
                    warn("the database has become smaller; it is checked", at: now)
                    watch.hurry(at: steady)
                case .gone(let how):
                    warn("the file of the database has been \(how); the run goes on in what is there now", at: now)
                    state.store.close()
                case .logGone:
                    warn("the write-ahead log of the database has been removed; it is opened again", at: now)
                    state.store.close()
                }
            }
            if !state.store.isOpen {
                try reopen(&state)
                let isWaiting = state.cursor.dueEnd(at: state.anchor.simulated(at: now)) > state.cursor.position
                if !isWaiting {
                    trouble.end()
                    monitor.update { $0.problem = nil }
                }
            }
            if steady >= nextBringIn {
                nextBringIn = steady + Self.bringInInterval
                try state.jsonLines?.flush()
                try state.store.bringIn()
            }
        } catch { try recover(&state, from: error) }
    }

    private func superviseLines(_ state: inout LiveState, at now: SimulatedTime) {
        guard let lines = state.jsonLines, let change = lines.change() else { return }
        switch change {
        case .shortened: warn("\(lines.path) has been shortened; what was cut off is in the database", at: now)
        case .gone:
            do throws(LiveError) {
                let file = try JSONLinesFile(lines.path, length: nil)
                if file.isSame(as: lines) { return }
                state.jsonLines = file
                warn(
                    "\(lines.path) has been moved, deleted or replaced; lines are appended to what is there now",
                    at: now
                )
            } catch { warn("\(error); lines go into the file that was there before", at: now) }
        }
    }

    private func warn(_ text: String, at now: SimulatedTime) {
        log.warning("\(text)")
        monitor.note(error: text, at: now)
    }

    /// Sets the database aside and goes on in a new one.
    private func rotate(_ state: inout LiveState, at now: SimulatedTime) throws(LiveError) {
        let path = state.store.settings.path
        state.store.close(isLast: true)
        do throws(StoreFailure) {
            let aside = try DatabaseFiles.setAside(path, at: now)
            log.notice("the database has reached max_size_mb; it is set aside as \(aside)")
            try reopen(&state)
        } catch { try recover(&state, from: error) }
    }
}
