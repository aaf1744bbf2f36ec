import DatasetGen
import Foundation
import Logging

/// Finds or makes the database of a live run, and where in it the run goes on.
struct LiveOpening {
    let request: LiveRequest
    let options: LiveOptions
    let clock: any LiveClock
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
            isStopRequested: options.isStopRequested
        )
    }

    /// Opens the database.
    func open() throws(LiveError) -> LiveState {
        guard FileManager.default.fileExists(atPath: path) else { return try begin() }
        if isPreserving == false { return try replace("preserve_existing_db is false") }
        let rescued = try rescue()
        guard let store = try existing() else { return try replace("its table sensor_data has other columns") }
        let (checkpoint, versions) = try storing { () throws(StoreFailure) in try store.contents() }
        var state: LiveState
        if let checkpoint, let resumed = try resume(store, checkpoint, versions) {
            state = resumed
        } else if isPreserving == true || rescued != nil {
            state = try begin(in: store, after: versions)
        } else {
            store.close()
            return try replace("it holds another run; preserve_existing_db: true would continue it")
        }
        if let rescued { state.rescued = rescued }
        return state
    }

    /// The database that there is; nil if it does not fit and need not be kept.
    private func existing() throws(LiveError) -> LiveStore? {
        do throws(StoreFailure) {
            return try LiveStore(settings)
        } catch {
            if case .unusable = error, isPreserving != true { return nil }
            throw .database(path: path, reason: error.description)
        }
    }

    /// Sets a damaged database aside and saves what is readable; nil if it is sound.
    private func rescue() throws(LiveError) -> DatabaseRescue.Result? {
        try storing { () throws(StoreFailure) in
            guard let damage = try DatabaseRescue.damage(ofPath: path) else { return nil }
            return try DatabaseRescue(columns: request.columns, timestamps: request.timestamps)
                .replace(path, damage: damage, at: clock.now(), log)
        }
    }

    /// Sets the database aside and begins anew.
    private func replace(_ reason: String) throws(LiveError) -> LiveState {
        // A recipe that cannot begin sets nothing aside.
        _ = try fresh(number: 1, firstReading: 1)
        try storing { () throws(StoreFailure) in
            let aside = try DatabaseFiles.setAside(path, at: clock.now())
            log.warning("the database \(path) is set aside as \(aside): \(reason)")
            if let lines = request.live.database.jsonLinesPath, FileManager.default.fileExists(atPath: lines) {
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
        let last = try storing { () throws(StoreFailure) in try store.lastReading() }
        let (segment, anchor) = try fresh(number: (versions.last?.number ?? 0) + 1, firstReading: last + 1)
        let state = LiveState(
            store: store,
            segment: segment,
            versions: versions + [segment.version],
            anchor: anchor,
            liveStart: anchor.simulated,
            cursor: LiveCursor(segment.plan, position: 0),
            jsonLines: try jsonLines(nil),
            jsonLinesPath: request.live.database.jsonLinesPath
        )
        try storing { () throws(StoreFailure) in
            try store.store(state.checkpoint(at: 0), versions: [segment.version], entries: state.entries)
        }
        log.info("a run begins", metadata: ["seed": "\(segment.version.seed)", "database": "\(path)"])
        return state
    }

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
            seed: request.seed ?? UInt64.random(in: 0...UInt64.max),
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
        return (segment, anchor)
    }

    /// Goes on where a checkpoint stands; nil if it belongs to another run.
    private func resume(
        _ store: LiveStore,
        _ checkpoint: Checkpoint,
        _ versions: [AppliedVersion]
    ) throws(LiveError) -> LiveState? {
        guard let last = versions.last, last.number == checkpoint.version, !checkpoint.isFinished,
            request.seed == nil || request.seed == last.seed,
            request.start == nil || request.start == checkpoint.liveStart,
            let stored = try? RecipeReader().read(last.recipe, source: "live_versions", defaultName: "live").recipe
        else { return nil }
        let asked = try LiveSegment.plan(
            request.recipe(seed: last.seed, start: stored.grid.start, liveStart: checkpoint.liveStart)
        )
        let isSame = RecipeWriter.text(of: asked.recipe) == last.recipe
        guard isSame || isPreserving == true else { return nil }
        let segment = LiveSegment(last, isSame ? asked : try LiveSegment.plan(stored))
        let isSameFile = checkpoint.jsonLinesPath == request.live.database.jsonLinesPath
        log.info(
            "the run goes on behind reading \(checkpoint.nextReading - 1)",
            metadata: ["seed": "\(last.seed)", "database": "\(path)", "next": "\(checkpoint.nextTime.zonedText)"]
        )
        return LiveState(
            store: store,
            segment: segment,
            versions: versions,
            anchor: anchor(checkpoint),
            liveStart: checkpoint.liveStart,
            cursor: LiveCursor(segment.plan, position: checkpoint.nextPosition),
            jsonLines: try jsonLines(isSameFile ? checkpoint.jsonLinesBytes : nil),
            jsonLinesPath: request.live.database.jsonLinesPath,
            editedPlan: isSame ? nil : asked
        )
    }

    /// The clock of a run that goes on: as it was, unless another speed is asked for.
    private func anchor(_ checkpoint: Checkpoint) -> ClockAnchor {
        if checkpoint.anchor.speed == options.speed { return checkpoint.anchor }
        return ClockAnchor(wall: clock.now(), simulated: checkpoint.nextTime, speed: options.speed)
    }

    private func jsonLines(_ length: Int64?) throws(LiveError) -> JSONLinesFile? {
        guard let path = request.live.database.jsonLinesPath else { return nil }
        return try JSONLinesFile(path, length: length)
    }

    /// Does something with the database, whose failures end the run before it has begun.
    private func storing<Value>(_ body: () throws(StoreFailure) -> Value) throws(LiveError) -> Value {
        do throws(StoreFailure) {
            return try body()
        } catch { throw .database(path: path, reason: error.description) }
    }
}
