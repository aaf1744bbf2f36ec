import DatasetGen
import Foundation
import Logging

/// Finds or makes the database of a live run, and where in it the run goes on.
struct LiveOpening {
    let request: LiveRequest
    let options: LiveOptions
    let clock: any LiveClock
    let monitor: LiveMonitor
    let log: Logger

    private var path: String { request.databasePath }
    private var isPreserving: Bool? { request.live.database.preservesExisting }

    /// How the database is opened.
    var settings: LiveStore.Settings {
        LiveStore.Settings(
            path: path,
            busyTimeout: Int64(request.live.database.busyTimeoutMilliseconds ?? 30_000) * 1_000,
            cacheSize: request.live.database.cacheSize ?? -16_384,
            timestamps: request.timestamps,
            columns: request.columns,
            journalMode: request.live.database.journalMode ?? .wal,
            storesReadings: request.live.database.storesReadings ?? true,
            isStopRequested: options.isStopRequested,
            lockWait: monitor.lockWait
        )
    }

    /// Opens the database.
    func open() throws(LiveError) -> LiveState {
        let salvaged = SalvagedFile(of: path)
        // The process that had made it was killed before it could put it into its place.
        let wasRescued = salvaged.isWhole
        if wasRescued { try storing { () throws(StoreFailure) in try salvaged.takePlace(at: clock.now(), log) } }
        // A recipe that cannot begin makes no file.
        if DatabaseFiles.isFree(path) { _ = try fresh(number: 1, firstReading: 1) }
        if isPreserving == false, !DatabaseFiles.isFree(path) { return try replace("preserve_existing_db is false") }
        let isThere = !DatabaseFiles.isFree(path) || DatabaseFiles.hasOrphans(path)
        let rescued = try (isThere ? rescue() : nil) ?? (wasRescued ? DatabaseRescue.Result() : nil)
        let store: LiveStore
        do throws(StoreFailure) {
            store = try LiveStore(settings, joinsStrangers: isPreserving == true)
        } catch {
            // One that does not fit, and need not be kept.
            if case .unusable(let reason) = error, isPreserving != true { return try replace(reason) }
            throw .database(path: path, reason: error.description)
        }
        do throws(LiveError) {
            if let state = try goOn(in: store, rescued) { return state }
        } catch {
            store.close(isLast: true)
            throw error
        }
        store.close(isLast: true)
        return try replace("it holds another run; preserve_existing_db: true would continue it")
    }

    /// Goes on in a database, or behind what it holds; nil if that is another run's and need not be kept.
    private func goOn(in store: LiveStore, _ rescued: DatabaseRescue.Result?) throws(LiveError) -> LiveState? {
        let contents = try storing { () throws(StoreFailure) in try store.contents() }
        if isPreserving != false, var resumed = try resume(store, contents) {
            // Totals that were saved with the readings say what came of that.
            if contents.totals == nil, let rescued { resumed.totals.add(rescued) }
            return resumed
        }
        let last = try lastReading(store)
        let isEmpty = contents.checkpoint == nil && contents.versions.isEmpty && last == 0
        guard isEmpty || isPreserving == true || rescued != nil else { return nil }
        var state = try begin(in: store, after: contents.versions)
        if let rescued { state.totals.add(rescued) }
        return state
    }

    private func lastReading(_ store: LiveStore) throws(LiveError) -> Int64 {
        try storing { () throws(StoreFailure) in try store.lastReading() }
    }

    /// Sets a damaged database aside and saves what is readable; nil if it is sound.
    private func rescue() throws(LiveError) -> DatabaseRescue.Result? {
        try storing { () throws(StoreFailure) in
            let isStopRequested = options.isStopRequested
            guard let damage = try DatabaseCheck.lastingDamage(ofPath: path, clock: clock, unless: isStopRequested)
            else { return nil }
            let rescue = DatabaseRescue(
                columns: request.columns,
                timestamps: request.timestamps,
                clock: clock,
                isStopRequested: isStopRequested
            ) { saved in
                monitor.report(LiveMonitor.Problem("the database is damaged; readings saved so far: \(saved)"))
            }
            return try SalvagedFile(of: path).replace(damage, by: rescue, at: clock.now(), log)
        }
    }

    /// Sets the database aside and begins anew.
    private func replace(_ reason: String) throws(LiveError) -> LiveState {
        // A recipe that cannot begin sets nothing aside.
        _ = try fresh(number: 1, firstReading: 1)
        try storing { () throws(StoreFailure) in
            let aside = try DatabaseFiles.setAside(path, at: clock.now())
            log.warning("the database \(path) is set aside as \(aside): \(reason)")
            if let lines = request.live.database.jsonLinesPath, !DatabaseFiles.isFree(lines) {
                _ = try DatabaseFiles.setAside(lines, at: clock.now())
            }
        }
        return try begin()
    }

    /// Begins a run in a new database.
    private func begin() throws(LiveError) -> LiveState {
        _ = try fresh(number: 1, firstReading: 1)
        return try begin(in: storing { () throws(StoreFailure) in try LiveStore(settings) }, after: [])
    }

    /// Begins a run behind the readings that a database holds.
    private func begin(in store: LiveStore, after versions: [AppliedVersion]) throws(LiveError) -> LiveState {
        let last = try lastReading(store)
        let (segment, anchor) = try fresh(number: (versions.last?.number ?? 0) + 1, firstReading: last + 1)
        let state = LiveState(
            run: LiveContents.newRun(),
            store: store,
            segment: segment,
            versions: versions + [segment.version],
            anchor: anchor,
            liveStart: anchor.simulated,
            cursor: LiveCursor(segment.plan, position: 0),
            totals: RunTotals(beganAt: clock.now()),
            jsonLines: try jsonLines(nil),
            jsonLinesPath: request.live.database.jsonLinesPath
        )
        try storing { () throws(StoreFailure) in
            let checkpoint = state.checkpoint(at: 0)
            try store.store(
                checkpoint,
                state.totals,
                versions: [segment.version],
                entries: state.entries,
                phenomena: state.runningPhenomena
            )
        }
        log.info("a run begins", metadata: ["seed": "\(segment.version.seed)", "database": "\(path)"])
        return state
    }

    /// Seeds that are drawn are less than 2^53: whatever reads JSON, browsers included, reads them as they are.
    private static let drawnSeeds: UInt64 = 1 << 53

    /// A run from now on.
    private func fresh(number: Int64, firstReading: Int64) throws(LiveError) -> (LiveSegment, ClockAnchor) {
        let begin = SimulatedTime(microseconds: clock.now().microseconds + request.delay)
        // Times of whole seconds, like a batch run's: the clock reaches the first one within a second.
        let second = SimulatedTime(microseconds: (begin.microseconds + 999_999) / 1_000_000 * 1_000_000)
        let anchor = ClockAnchor(
            wall: request.start == nil ? second : begin,
            simulated: request.start ?? second,
            speed: options.speed
        )
        let recipe = try request.recipe(
            seed: request.seed ?? UInt64.random(in: 0..<Self.drawnSeeds),
            start: SimulatedTime(microseconds: anchor.simulated.microseconds - options.backfill),
            liveStart: anchor.simulated
        )
        let segment = LiveSegment(
            try LiveSegment.plan(recipe),
            number: number,
            firstReading: firstReading,
            firstTick: 0,
            appliedAt: clock.now()
        )
        try LiveFeeds.check(request.feeds, segment.plan)
        return (segment, anchor)
    }

    /// Goes on where a checkpoint stands; nil if it belongs to another run.
    private func resume(_ store: LiveStore, _ contents: LiveContents) throws(LiveError) -> LiveState? {
        let versions = contents.versions
        guard let checkpoint = contents.checkpoint, !checkpoint.isFinished || isFeeding(checkpoint, contents.run),
            let last = versions.last, last.number == checkpoint.version,
            request.seed == nil || request.seed == last.seed,
            request.start == nil || request.start == checkpoint.liveStart,
            let stored = LiveSegment(stored: last), stored.holds(checkpoint)
        else { return nil }
        let start = stored.plan.recipe.grid.start
        let asked = try LiveSegment.plan(
            request.recipe(seed: last.seed, start: start, liveStart: checkpoint.liveStart)
        )
        try LiveFeeds.check(request.feeds, asked)
        let isSame = asked.recipe.hasReadings(of: stored.plan.recipe)
        guard isSame || isPreserving == true else { return nil }
        let segment = isSame ? LiveSegment(last, asked) : stored
        let totals = if let known = contents.totals { known } else { try counted(store, checkpoint, versions) }
        let isSameFile = checkpoint.jsonLinesPath == request.live.database.jsonLinesPath
        log.info(
            "the run goes on behind reading \(checkpoint.nextReading - 1)",
            metadata: ["seed": "\(last.seed)", "database": "\(path)", "next": "\(checkpoint.nextTime.zonedText)"]
        )
        let state = LiveState(
            run: contents.run.flatMap { LiveContents.isRun($0) ? $0 : nil } ?? LiveContents.newRun(),
            store: store,
            segment: segment,
            versions: versions,
            anchor: anchor(checkpoint),
            liveStart: checkpoint.liveStart,
            cursor: LiveCursor(segment.plan, position: checkpoint.nextPosition),
            totals: totals,
            jsonLines: try jsonLines(isSameFile ? checkpoint.jsonLinesBytes : nil),
            jsonLinesPath: request.live.database.jsonLinesPath,
            editedPlan: isSame ? nil : asked
        )
        do throws(StoreFailure) {
            // The recipe may have another name or description by now.
            try store.store(state.checkpoint(at: checkpoint.nextPosition), totals, entries: state.entries)
        } catch { log.debug("the database cannot be written yet: \(error)") }
        return state
    }

    /// Whether feeds have not sent all that a run has committed.
    private func isFeeding(_ checkpoint: Checkpoint, _ run: String?) -> Bool {
        guard let run else { return false }
        return FeedPositions(ofDatabase: path, run: run)
            .isBehind(LiveFeeds.names(of: request.feeds), checkpoint.nextReading)
    }

    /// What the database holds of a run that an older version has begun.
    private func counted(
        _ store: LiveStore,
        _ checkpoint: Checkpoint,
        _ versions: [AppliedVersion]
    ) throws(LiveError) -> RunTotals {
        let begin = versions.last { $0.firstTick == 0 } ?? versions[versions.count - 1]
        let last = checkpoint.nextReading - 1
        return try storing { () throws(StoreFailure) in
            try store.counted(from: begin.firstReading, to: last, beganAt: begin.appliedAt)
        }
    }

    /// The clock of a run that goes on: as it was, unless another speed is asked for.
    private func anchor(_ checkpoint: Checkpoint) -> ClockAnchor {
        if checkpoint.anchor.speed == options.speed { return checkpoint.anchor }
        return ClockAnchor(wall: clock.now(), simulated: checkpoint.nextTime, speed: options.speed)
    }

    private func jsonLines(_ length: Int64?) throws(LiveError) -> JSONLinesFile? {
        guard let path = request.live.database.jsonLinesPath else { return nil }
        let file = try JSONLinesFile(path, length: length)
        if let finding = file.finding {
            log.warning("\(finding)")
            monitor.note(error: finding, at: clock.now())
        }
        return file
    }

    /// Does something with the database, whose failures end the run before it has begun.
    private func storing<Value>(_ body: () throws(StoreFailure) -> Value) throws(LiveError) -> Value {
        do throws(StoreFailure) {
            return try body()
        } catch { throw .database(path: path, reason: error.description) }
    }
}
