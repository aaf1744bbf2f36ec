import DatasetGen
import Logging

extension LiveRun {
    /// Looks whether the recipe has changed, and reads it again if so.
    func look(_ state: inout LiveState, at now: SimulatedTime, _ steady: ContinuousClock.Instant) {
        guard request.followsChanges, steady >= nextLook, let finding = watcher?.look() else { return }
        // A change waits for a second look, which a long interval shall not put off.
        let isSettling = watcher?.isSettling == true
        nextLook = steady + (isSettling ? min(request.checkInterval, .seconds(1)) : request.checkInterval)
        switch finding {
        case .unchanged, .settling: break
        case .lost(let reason):
            log.warning("the recipe cannot be read any more: \(reason); the run goes on with what it has read")
            note(reloadErrors: ["\(source.path ?? ""): \(reason)"])
        case .found:
            log.notice("the recipe can be read again")
            readChange(&state, at: now)
        case .changed:
            readChange(&state, at: now)
        }
    }

    private func readChange(_ state: inout LiveState, at now: SimulatedTime) {
        if request.live.dynamicReloading.reloadsOnChange == false {
            note(reloadErrors: [])
            log.notice("the recipe may have changed; reload_on_change is false, so only SIGHUP applies it")
        } else {
            reload(&state, at: now)
        }
    }

    /// Reads the recipe again because somebody asks for it.
    func reloadOnRequest(_ state: inout LiveState, at now: SimulatedTime) {
        guard source.path != nil else {
            return log.warning("the recipe came from no file that can be read again: it is not, and nothing changes")
        }
        reload(&state, at: now)
    }

    /// Reads the recipe again; what is new in it takes effect at the first tick that is not due yet, and an invalid one
    /// changes nothing.
    private func reload(_ state: inout LiveState, at now: SimulatedTime) {
        do {
            guard let resolved = try readSource() else {
                return log.info("the recipe is being written: it is read again once it is whole")
            }
            if resolved.isEmpty { throw ReloadError.empty(source.path ?? "the recipe") }
            let asked = LiveRequest(resolved)
            let plan = try plan(of: asked, state)
            let isNew = follow(plan, state, at: now)
            if asked.live.database != request.live.database {
                log.warning("database has changed: batch_size and max_size_mb count now, the rest at a restart")
            }
            if asked.feeds != request.feeds { log.warning("live.feeds has changed: it counts at a restart") }
            request = asked
            options.onParameters(asked.live)
            monitor.update { monitored in
                monitored.status.reloadErrors = []
                monitored.status.monitoring = asked.live.monitoring
            }
            log.info("the recipe was read again", metadata: ["readings": isNew ? "change" : "are the same"])
        } catch { refuse(&state, error, at: now) }
    }

    /// The recipe as its file is now; nil if it is written at this moment.
    private func readSource() throws -> ResolvedRecipe? {
        guard watcher != nil else { return try source.read() }
        return try watcher?.read { try source.read() }
    }

    /// Has a plan followed from its time on; false if it is what is followed then anyway.
    private func follow(_ plan: GenerationPlan, _ state: LiveState, at now: SimulatedTime) -> Bool {
        let last = pendingPlans.last?.plan ?? state.segment.plan
        guard !plan.recipe.hasReadings(of: last.recipe) else { return false }
        pendingPlans.append(PendingPlan(plan: plan, seenAt: state.anchor.simulated(at: now)))
        return true
    }

    private func refuse(_ state: inout LiveState, _ error: any Error, at now: SimulatedTime) {
        let lines = "\(error)".split(separator: "\n").map(String.init)
        for line in lines { log.error("the changed recipe is not applied: \(line)") }
        state.totals.refusals += 1
        let totals = state.totals
        monitor.update { $0.status.totals.grow(to: totals) }
        monitor.note(error: lines.first ?? "the changed recipe is not applied", at: now)
        note(reloadErrors: lines)
    }

    private func note(reloadErrors lines: [String]) {
        monitor.update { $0.status.reloadErrors = lines }
    }

    /// The plan of a recipe under this run's seed and start.
    private func plan(of asked: LiveRequest, _ state: LiveState) throws -> GenerationPlan {
        if let seed = asked.seed, seed != state.segment.version.seed { throw ReloadError.otherSeed }
        if let start = asked.start, start != state.liveStart { throw ReloadError.otherStart }
        guard asked.columns.map(\.declared) == state.store.settings.columns.map(\.declared) else {
            throw ReloadError.otherColumns
        }
        let grid = state.segment.plan.recipe.grid
        let plan = try LiveSegment.plan(
            asked.recipe(seed: state.segment.version.seed, start: grid.start, liveStart: state.liveStart)
        )
        // Those of the run: other ones count at a restart.
        try LiveFeeds.check(feeds?.urls ?? [], plan)
        return plan
    }

    /// Begins to follow the plans whose time has come: all that was due when they were seen is written.
    func applyPendingPlans(_ state: inout LiveState, at now: SimulatedTime) {
        while let pending = pendingPlans.first, state.cursor.isAtBoundary,
            state.cursor.position >= state.cursor.dueEnd(at: pending.seenAt)
        {
            guard apply(pending, &state, at: now) else { return }
            pendingPlans.removeFirst()
        }
    }

    private func apply(_ pending: PendingPlan, _ state: inout LiveState, at now: SimulatedTime) -> Bool {
        let (plan, position) = (pending.plan, state.cursor.position)
        let grid = plan.recipe.grid
        // Behind the last reading and behind the instant of the change, which does not reach back.
        let last = position == 0 ? Int64.min : state.segment.time(at: position - 1).microseconds
        let boundary = max(max(pending.seenAt.microseconds, last) + 1, grid.start.microseconds)
        let tick = min(grid.firstTick(atOffset: boundary - grid.start.microseconds), grid.tickCount)
        let segment = LiveSegment(
            plan,
            number: state.segment.version.number + 1,
            firstReading: state.segment.reading(at: position),
            firstTick: tick,
            appliedAt: now
        )
        var next = state
        next.segment = segment
        next.versions.append(segment.version)
        next.cursor = LiveCursor(plan, position: plan.rows.readingCount(before: tick))
        do {
            try next.store.store(
                next.checkpoint(at: next.cursor.position),
                next.totals,
                versions: [segment.version],
                entries: next.entries,
                phenomena: segment.phenomena(
                    following: state.segment,
                    endingAt: position,
                    state.store.settings.timestamps
                )
            )
            try follow(&next)
        } catch {
            // Readings of the old recipe go on until the database can be written.
            log.debug("the changed recipe waits: \(error)")
            return false
        }
        state = next
        feeds?.follow(state)
        log.notice(
            "version \(segment.version.number) of the recipe takes effect",
            metadata: ["tick": "\(tick)", "reading": "\(segment.version.firstReading)"]
        )
        announce(state)
        return true
    }

    /// Tells the monitor what the run follows.
    func announce(_ state: LiveState) {
        let (segment, anchor, position) = (state.segment, state.anchor, state.cursor.position)
        let (versions, liveStart, totals) = (state.versions, state.liveStart, state.totals)
        let (path, speed, now) = (state.store.settings.path, options.speed, clock.now())
        let (began, earlierSeconds, errors) = (began, earlierSeconds, state.totals.errors)
        let (end, size) = (request.end(liveStart: liveStart), state.store.size)
        let monitoring = request.live.monitoring
        var recipe = segment.plan.recipe
        recipe.live = request.live
        let settings = RecipeWriter.json(of: recipe)
        let measuringSensors = segment.plan.fleet.measuringSensors(recipe.schema)
        monitor.update { monitored in
            monitored.status.recipe = settings
            monitored.segment = segment
            monitored.anchor = anchor
            monitored.position = position
            monitored.liveStart = liveStart
            monitored.problem = nil
            monitored.status.totals.grow(to: totals)
            let recipe = segment.plan.recipe
            monitored.status.name = recipe.name
            monitored.status.seed = recipe.seed
            monitored.status.schema = recipe.schema
            monitored.status.sensorCount = segment.plan.fleet.sensors.count
            monitored.status.measuringSensors = measuringSensors
            if monitored.status.startedAt == .earliest {
                monitored.status.startedAt = now
                monitored.began = began
                // To those of this process so far.
                monitored.errors += errors
                monitored.earlierSeconds = earlierSeconds
                monitored.rate.note(rows: 0, at: began)
            }
            monitored.status.speed = speed
            monitored.status.runStart = recipe.grid.start
            monitored.status.runEnd = end
            monitored.status.askedReadingsPerSecond =
                recipe.readingsPerSecond * speed
            monitored.status.databasePath = path
            monitored.status.databaseBytes = size
            monitored.status.versions = versions
            monitored.status.monitoring = monitoring
        }
    }
}

/// Why a valid recipe cannot be followed by a run that has begun.
enum ReloadError: Error, CustomStringConvertible {
    case otherSeed
    case otherStart
    case otherColumns
    case empty(String)

    var description: String {
        switch self {
        case .otherSeed: "dataset.seed is not the run's; another seed is another run: restart"
        case .otherStart: "dataset.start is not the run's; another start is another run: restart"
        case .empty(let path): "\(path): the recipe is empty: not applied; a file that is being written looks like this"
        case .otherColumns: "metrics or outputs.clean change the columns of the database: restart"
        }
    }
}
