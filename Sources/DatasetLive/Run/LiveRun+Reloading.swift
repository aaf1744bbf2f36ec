import DatasetGen
import Logging

extension LiveRun {
    /// Looks whether the recipe has changed, and reads it again if so.
    func look(_ state: LiveState, at now: SimulatedTime) {
        guard request.followsChanges, now >= nextLook else { return }
        nextLook = SimulatedTime(microseconds: now.microseconds + request.checkInterval)
        guard watcher?.hasChanged() == true else { return }
        if request.live.dynamicReloading.reloadsOnChange == false {
            log.notice("the recipe has changed; reload_on_change is false, so only SIGHUP applies it")
        } else {
            reload(state)
        }
    }

    /// Reads the recipe again; what is new in it takes effect at the next tick, and an invalid one changes nothing.
    func reload(_ state: LiveState) {
        do {
            let asked = LiveRequest(try source.read())
            let plan = try plan(of: asked, state)
            let isNew = !plan.recipe.hasReadings(of: state.segment.plan.recipe)
            pendingPlan = isNew ? plan : nil
            if asked.live.database != request.live.database {
                log.warning("database has changed: batch_size and max_size_mb count now, the rest at a restart")
            }
            request = asked
            options.onParameters(asked.live)
            monitor.update { monitored in
                monitored.status.reloadErrors = []
                monitored.status.monitoring = asked.live.monitoring
            }
            log.info("the recipe was read again", metadata: ["readings": isNew ? "change" : "are the same"])
        } catch { report(reloadError: error) }
    }

    private func report(reloadError error: any Error) {
        let lines = "\(error)".split(separator: "\n").map(String.init)
        for line in lines { log.error("the changed recipe is not applied: \(line)") }
        let now = clock.now()
        monitor.update { monitored in
            monitored.status.reloadErrors = lines
            monitored.status.errorCount += 1
            monitored.status.lastError = lines.first
            monitored.status.lastErrorAt = now
        }
    }

    /// The plan of a recipe under this run's seed and start.
    private func plan(of asked: LiveRequest, _ state: LiveState) throws -> GenerationPlan {
        if let seed = asked.seed, seed != state.segment.version.seed { throw ReloadError.otherSeed }
        if let start = asked.start, start != state.liveStart { throw ReloadError.otherStart }
        guard asked.columns == state.store.settings.columns else { throw ReloadError.otherColumns }
        let grid = state.segment.plan.recipe.grid
        return try LiveSegment.plan(
            asked.recipe(seed: state.segment.version.seed, start: grid.start, liveStart: state.liveStart)
        )
    }

    /// Begins to follow the plan that waits; the cursor is in front of a tick.
    func applyPendingPlan(_ state: inout LiveState, at now: SimulatedTime) {
        guard let plan = pendingPlan else { return }
        let position = state.cursor.position
        let grid = plan.recipe.grid
        // Behind the last reading, and not before now unless readings are late: these keep their times.
        let due = min(state.anchor.simulated(at: now), state.segment.time(at: position))
        let last = position == 0 ? Int64.min : state.segment.time(at: position - 1).microseconds + 1
        let boundary = max(due.microseconds, last, grid.start.microseconds)
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
        next.cursor = LiveCursor(plan, position: tick * plan.rows.sensorCount)
        do {
            try next.store.store(
                next.checkpoint(at: next.cursor.position),
                versions: [segment.version],
                entries: next.entries
            )
            try follow(&next)
        } catch {
            // Readings of the old recipe go on until the database can be written.
            log.debug("the changed recipe waits: \(error)")
            return
        }
        state = next
        pendingPlan = nil
        log.notice(
            "version \(segment.version.number) of the recipe takes effect",
            metadata: ["tick": "\(tick)", "reading": "\(segment.version.firstReading)"]
        )
        announce(state)
    }

    /// Tells the monitor what the run follows.
    func announce(_ state: LiveState) {
        let (segment, anchor, position) = (state.segment, state.anchor, state.cursor.position)
        let (versions, liveStart, rescued) = (state.versions, state.liveStart, state.rescued)
        let (path, speed, now) = (state.store.settings.path, options.speed, clock.now())
        let (end, size) = (request.end(liveStart: liveStart), state.store.size)
        let monitoring = request.live.monitoring
        var recipe = segment.plan.recipe
        recipe.live = request.live
        let settings = RecipeWriter.json(of: recipe)
        monitor.update { monitored in
            monitored.status.recipe = settings
            monitored.segment = segment
            monitored.anchor = anchor
            monitored.position = position
            let recipe = segment.plan.recipe
            monitored.status.name = recipe.name
            monitored.status.seed = recipe.seed
            monitored.status.sensorCount = segment.plan.fleet.sensors.count
            if monitored.status.startedAt == .earliest {
                monitored.status.startedAt = now
                monitored.status.readingsSaved = rescued.saved
                monitored.status.readingsLost = rescued.lost
                monitored.rate.note(rows: 0, at: now)
            }
            monitored.status.speed = speed
            monitored.status.runStart = recipe.grid.start
            monitored.status.runEnd = end
            monitored.status.askedReadingsPerSecond =
                Double(segment.plan.rows.sensorCount) / recipe.grid.interval.seconds * speed
            monitored.status.readings = segment.reading(at: position) - 1
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

    var description: String {
        switch self {
        case .otherSeed: "dataset.seed is not the run's; another seed is another run: restart"
        case .otherStart: "dataset.start is not the run's; another start is another run: restart"
        case .otherColumns: "outputs.clean changes the columns of the database: restart"
        }
    }
}
