public import DatasetGen
public import Logging

/// A live run: the readings of a batch run, written when the clock reaches them.
///
/// ```swift
/// let run = LiveRun(resolved, from: source, options: LiveOptions(), log: Logger(label: "live"))
/// let outcome = try run.run()   // returns at the end of the run; its thread is busy until then
/// ```
///
/// It is used by one thread; ``monitor`` may be asked from any.
public final class LiveRun {
    /// The shortest time between two wake-ups: readings of less than that are written together.
    static let wakeInterval = Duration.milliseconds(10)
    /// The time between two looks at what changes rarely.
    static let supervisionInterval = Duration.seconds(1)

    /// What can be asked of the run while it runs.
    public let monitor: LiveMonitor
    let source: LiveRecipeSource
    let options: LiveOptions
    let clock: any LiveClock
    let log: Logger
    var request: LiveRequest
    var watcher: RecipeWatcher?
    /// The plans that are followed one after another, each once what was due before it is written.
    var pendingPlans: [PendingPlan] = []
    var backup: DatabaseBackup
    var watch: DatabaseWatch
    var trouble: Trouble
    var encoder: LineEncoder?
    var lock: RunLock?
    var feeds: LiveFeeds?
    var clockWatch = ClockWatch()
    var catchUp: CatchUp
    /// When this process began the run.
    let began: ContinuousClock.Instant
    /// Seconds that the run had been running before.
    var earlierSeconds = 0.0
    private var nextSupervision: ContinuousClock.Instant
    var nextBringIn: ContinuousClock.Instant
    var nextLook: ContinuousClock.Instant
    /// When the lines of JSON are brought to the disk next.
    var nextFlush: ContinuousClock.Instant

    /// A run of a recipe that has just been read from a source.
    public init(
        _ resolved: ResolvedRecipe,
        from source: LiveRecipeSource,
        options: LiveOptions,
        clock: any LiveClock = WallClock(),
        monitor: LiveMonitor? = nil,
        log: Logger
    ) {
        self.monitor = monitor ?? LiveMonitor(clock: clock)
        self.source = source
        self.options = options
        self.clock = clock
        self.log = log
        request = LiveRequest(resolved)
        watcher = source.path.map { RecipeWatcher($0) }
        let told = self.monitor
        backup = DatabaseBackup(request.live.database, path: request.databasePath, log: log) { reason in
            told.note(error: reason, at: clock.now())
        }
        watch = DatabaseWatch(path: request.databasePath, log: log)
        trouble = Trouble(log: log)
        catchUp = CatchUp(log: log)
        began = clock.steady()
        (nextSupervision, nextBringIn, nextLook, nextFlush) = (began, began, began, began)
    }

    /// Runs until the recipe's time is over or somebody stops it.
    ///
    /// - Throws: ``LiveError`` when the run cannot begin, or nothing helps any more.
    public func run() throws(LiveError) -> LiveOutcome {
        options.onParameters(request.live)
        lock = try lockDatabase()
        defer { lock = nil }
        guard var state = try open() else { return .stopped }
        defer { end(&state) }
        try beginFeeding(state)
        earlierSeconds = state.totals.runningSeconds
        if let plan = state.editedPlan {
            pendingPlans = [PendingPlan(plan: plan, seenAt: state.anchor.simulated(at: clock.now()))]
        }
        announce(state)
        watchClock(state)
        while true {
            if options.isStopRequested() { return .stopped }
            let (now, steady) = instants()
            lookAtClock(state, at: now, steady)
            if options.takeReloadRequest() { reloadOnRequest(&state, at: now) }
            if steady >= nextSupervision {
                nextSupervision = steady + Self.supervisionInterval
                if try !supervise(&state, at: now) { return feedTheRest(.sizeReached) }
            }
            applyPendingPlans(&state, at: now)
            let due = state.cursor.dueEnd(at: state.anchor.simulated(at: now))
            if due > state.cursor.position, try !beginCatchingUp(&state, due: due, at: now) { continue }
            if due > state.cursor.position {
                if try !write(&state, due: due) { return feedTheRest(.consumerGone) }
            } else if state.cursor.position >= state.cursor.end {
                return feedTheRest(.finished)
            } else {
                catchUp.end()
                state.cursor.prepare()
                let next = state.anchor.wall(at: state.segment.time(at: state.cursor.position))
                let rest = Duration.microseconds(next.microseconds - now.microseconds)
                clock.wait(for: max(rest, Self.wakeInterval))
            }
        }
    }

    /// Opens the database; nil if somebody has stopped the run before it was open.
    private func open() throws(LiveError) -> LiveState? {
        let opening = LiveOpening(request: request, options: options, clock: clock, monitor: monitor, log: log)
        do throws(LiveError) {
            var state = try opening.open()
            do throws(StoreFailure) {
                try follow(&state)
                // A copy of the file alone, which some programs make, has the tables at least.
                try state.store.bringIn()
            } catch {
                state.store.close(isLast: true)
                throw .database(path: request.databasePath, reason: error.description)
            }
            return state
        } catch {
            guard options.isStopRequested() else { throw error }
            monitor.update { $0.status.health = .stopped }
            log.info("the run ends before it has begun: \(error)")
            return nil
        }
    }

    /// Both clocks at one instant: a process that is stopped between two looks would see the clock set.
    private func instants() -> (now: SimulatedTime, steady: ContinuousClock.Instant) {
        while true {
            let before = clock.steady()
            let now = clock.now()
            let after = clock.steady()
            if after - before < Self.wakeInterval { return (now, after) }
        }
    }

    /// Sets up what depends on the segment.
    func follow(_ state: inout LiveState) throws(StoreFailure) {
        let plan = state.segment.plan
        encoder =
            state.jsonLines == nil && options.consumer == nil
            ? nil
            : LineEncoder(plan, timestamps: request.jsonTimestamps)
        try state.store.prepare(for: state.segment.texts)
    }

    private func lockDatabase() throws(LiveError) -> RunLock {
        let path = request.databasePath
        do throws(StoreFailure) {
            try DatabaseFiles.makeFolder(of: path)
        } catch { throw .database(path: path, reason: error.description) }
        guard let lock = RunLock(path) else { throw .database(path: path, reason: "another live run writes it") }
        return lock
    }

    private func end(_ state: inout LiveState) {
        let position = state.cursor.position
        feeds?.end { true }
        // Whoever else has the database open keeps its log in use.
        backup.end()
        watch.end()
        state.store.close(isLast: true)
        monitor.update { state in
            state.status.health = .stopped
        }
        log.info("the run ends before reading \(state.segment.reading(at: position))")
    }
}
