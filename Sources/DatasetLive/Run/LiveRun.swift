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
    /// The shortest time between two wake-ups, in microseconds: readings of less than that are written together.
    static let wakeInterval: Int64 = 10_000
    /// Microseconds between two looks at what changes rarely.
    static let supervisionInterval: Int64 = 1_000_000

    /// What can be asked of the run while it runs.
    public let monitor: LiveMonitor
    let source: LiveRecipeSource
    let options: LiveOptions
    let clock: any LiveClock
    let log: Logger
    var request: LiveRequest
    var watcher: RecipeWatcher?
    /// The plan that is followed from the next tick on.
    var pendingPlan: GenerationPlan?
    var backup: DatabaseBackup
    var watch: DatabaseWatch
    var trouble: Trouble
    var encoder: LineEncoder?
    private var nextSupervision = SimulatedTime.earliest
    var nextBringIn = SimulatedTime.earliest
    var lock: RunLock?
    var nextLook = SimulatedTime.earliest

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
        pendingPlan = state.editedPlan
        announce(state)
        while true {
            if options.isStopRequested() { return .stopped }
            let now = clock.now()
            if options.takeReloadRequest() { reload(state) }
            if now >= nextSupervision {
                nextSupervision = SimulatedTime(microseconds: now.microseconds + Self.supervisionInterval)
                if try !supervise(&state, at: now) { return .sizeReached }
            }
            if pendingPlan != nil, state.cursor.isAtTickBoundary { applyPendingPlan(&state, at: now) }
            let due = state.cursor.dueEnd(at: state.anchor.simulated(at: now))
            if due > state.cursor.position {
                if try !write(&state, due: due) { return .consumerGone }
            } else if state.cursor.position >= state.cursor.end {
                return .finished
            } else {
                state.cursor.prepare()
                let next = state.anchor.wall(at: state.segment.time(at: state.cursor.position))
                clock.wait(until: max(next, SimulatedTime(microseconds: now.microseconds + Self.wakeInterval)))
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
