import DatasetGen
import Logging

extension LiveRun {
    /// How often in a row the database is set aside before something has been written into a new one: what is wrong with
    /// every new one, too, does not fill the disk.
    private static let tolerableSetAsides = 2
    /// How often in a row a database counts as sound in which damage is met: SQLite's check does not look at everything.
    private static let tolerableSoundLooks = 3

    /// Does what helps against a failure; the readings that could not be written stay where they are, in front of the
    /// cursor.
    func recover(_ state: inout LiveState, from failure: StoreFailure) throws(LiveError) {
        if failure == .interrupted { return }
        let now = clock.now()
        let delay = trouble.note(failure, at: clock.steady())
        monitor.report(LiveMonitor.Problem(failure))
        monitor.note(error: failure.description, at: now)
        state.totals.retries += 1
        let totals = state.totals
        monitor.update { $0.status.totals.grow(to: totals) }
        switch failure {
        case .locked: break
        case .damaged: state.store.abandon()
        default: state.store.close(isLast: isUnusable(failure))
        }
        let mayBeSetAside = trouble.setAsides < Self.tolerableSetAsides
        if case .unusable(let reason) = failure, !mayBeSetAside {
            throw .database(path: request.databasePath, reason: reason)
        }
        do throws(StoreFailure) {
            switch failure {
            case .damaged(let damage) where mayBeSetAside: return try rescue(&state, damage)
            case .unusable(let reason): return try setAside(&state, reason, at: now)
            default: break
            }
        } catch {
            if error == .interrupted { return }
            log.error("\(error)")
        }
        wait(delay)
    }

    /// Whether the database is set aside as it is: then as one file.
    private func isUnusable(_ failure: StoreFailure) -> Bool {
        if case .unusable = failure { return true }
        return false
    }

    /// Opens the database again, for instance because its file is another one now.
    ///
    /// - Throws: ``StoreFailure``; the store of the state is closed then.
    func reopen(_ state: inout LiveState) throws(StoreFailure) {
        let (settings, files) = (state.store.settings, state.store.files)
        state.store.close()
        if let obstacle = files.obstacle { throw .unavailable("\(settings.path): \(obstacle)") }
        try lockAgain(settings.path)
        let salvaged = SalvagedFile(of: settings.path)
        if salvaged.isWhole { try salvaged.takePlace(at: clock.now(), log) }
        files.removeEmptyLog()
        if DatabaseFiles.hasOrphans(settings.path) || files.isLogAstray {
            let aside = try DatabaseFiles.setLogAside(settings.path, at: clock.now())
            if let aside { log.warning("the log of a database that is not there any more is set aside as \(aside)") }
        }
        let identity = FileIdentity(ofPath: settings.path)
        do throws(StoreFailure) {
            let store = try LiveStore(settings, of: state.run)
            do throws(StoreFailure) {
                try adopt(store, &state)
            } catch {
                if error.isDamage { store.abandon() } else { store.close() }
                throw error
            }
        } catch {
            guard identity != nil, identity != files.database else { throw error }
            switch error {
            case .damaged(let text), .unusable(let text): throw .foreign(text)
            default: throw error
            }
        }
    }

    /// Where the folder is another one, so is the file that keeps a second run away.
    private func lockAgain(_ path: String) throws(StoreFailure) {
        guard lock?.isInPlace != true else { return }
        lock = nil
        guard let taken = RunLock(path) else { throw .unavailable("\(path): another live run writes it") }
        lock = taken
    }

    /// Goes on in a database: where it says that this run stands, or from here on in one that is new.
    ///
    /// A commit that has failed may have succeeded, and a file that was away may be back: only the database knows.
    private func adopt(_ store: LiveStore, _ state: inout LiveState) throws(StoreFailure) {
        let found = try store.contents()
        var next = state
        next.store = store
        if found.run == state.run, let checkpoint = found.checkpoint {
            try move(&next, to: checkpoint, found.versions)
            next.totals = found.totals ?? state.totals
            // What the database has not been told yet.
            next.totals.retries = max(next.totals.retries, state.totals.retries)
            next.totals.refusals = max(next.totals.refusals, state.totals.refusals)
        } else {
            guard found.run == nil, found.checkpoint == nil, try store.lastReading() == 0 else {
                throw .unusable("it holds another run")
            }
            let position = state.cursor.position
            state.jsonLines?.rollBack()
            let checkpoint = state.checkpoint(at: position)
            try store.store(
                checkpoint,
                state.totals,
                versions: state.versions,
                entries: state.entries,
                phenomena: state.runningPhenomena
            )
        }
        try follow(&next)
        try store.bringIn()
        state = next
        monitor.follow(state)
    }

    private func move(
        _ state: inout LiveState,
        to checkpoint: Checkpoint,
        _ versions: [AppliedVersion]
    ) throws(StoreFailure) {
        if checkpoint.version != state.segment.version.number {
            guard let version = versions.last, version.number == checkpoint.version,
                let segment = LiveSegment(stored: version)
            else { throw .unusable("it says nothing of the recipe that it follows") }
            // What this process follows is followed again, from the first tick on that is not due yet.
            if pendingPlans.isEmpty {
                let now = state.anchor.simulated(at: clock.now())
                pendingPlans = [PendingPlan(plan: state.segment.plan, seenAt: now)]
            }
            state.segment = segment
            state.versions = versions
        }
        guard state.segment.holds(checkpoint) else { throw .unusable("its checkpoint is none of this run") }
        if checkpoint.nextPosition != state.cursor.position || checkpoint.version != state.versions.last?.number {
            log.notice("the run goes on behind reading \(checkpoint.nextReading - 1), where the database stands")
        }
        state.cursor = LiveCursor(state.segment.plan, position: checkpoint.nextPosition)
        if let length = checkpoint.jsonLinesBytes, checkpoint.jsonLinesPath == state.jsonLinesPath {
            state.jsonLines?.move(to: length)
        } else {
            state.jsonLines?.rollBack()
        }
    }

    /// Saves what is readable of the damaged database, and goes on in a new one; one that was only read wrongly goes on
    /// being used.
    private func rescue(_ state: inout LiveState, _ damage: String) throws(StoreFailure) {
        let settings = state.store.settings
        let isCertain = trouble.soundLooks >= Self.tolerableSoundLooks
        if !isCertain {
            let lasting = try DatabaseCheck.lastingDamage(
                ofPath: settings.path,
                clock: clock,
                unless: options.isStopRequested
            )
            if lasting == nil {
                trouble.soundLooks += 1
                return try reopen(&state)
            }
        }
        let monitor = monitor
        let rescue = DatabaseRescue(
            columns: settings.columns,
            timestamps: settings.timestamps,
            clock: clock,
            isStopRequested: options.isStopRequested
        ) { saved in
            monitor.report(LiveMonitor.Problem("the database is damaged; readings saved so far: \(saved)"))
        }
        let known = DatabaseRescue.Bookkeeping(
            checkpoint: state.checkpoint(at: state.cursor.position),
            versions: state.versions,
            entries: state.entries,
            totals: state.totals
        )
        let salvaged = SalvagedFile(of: settings.path)
        let result = try salvaged.replace(damage, by: rescue, known, isCertain: isCertain, at: clock.now(), log)
        if result == nil { trouble.soundLooks += 1 } else { trouble.setAsides += 1 }
        // What was found before belongs to the old file.
        watch.end()
        watch = DatabaseWatch(path: settings.path, log: log)
        try reopen(&state)
    }

    private func setAside(
        _ state: inout LiveState,
        _ reason: String,
        at now: SimulatedTime
    ) throws(StoreFailure) {
        let path = state.store.settings.path
        let aside = try DatabaseFiles.setAside(path, at: now)
        trouble.setAsides += 1
        log.warning("the database \(path) is set aside as \(aside), and the run goes on in a new one: \(reason)")
        try reopen(&state)
    }

    /// Waits, unless somebody stops the run.
    private func wait(_ duration: Duration) {
        let end = clock.steady() + duration
        while clock.steady() < end, !options.isStopRequested() { clock.wait(for: end - clock.steady()) }
    }
}
