import DatasetGen
import Logging

extension LiveRun {
    /// Takes note that readings are due, and leaves out those that are older than the recipe wants to be caught up.
    ///
    /// The cursor moves past them, so that every other reading keeps its number. What was asked for as backfill is written
    /// however old it is.
    ///
    /// False if the database could not be written: then nothing may be written yet.
    func beginCatchingUp(_ state: inout LiveState, due: Int64, at now: SimulatedTime) throws(LiveError) -> Bool {
        let oldest = state.segment.time(at: state.cursor.position)
        guard oldest >= state.liveStart else { return true }
        let simulated = state.anchor.simulated(at: now)
        if let horizon = catchUp.horizon(limit: request.maximumCatchUp, oldest: oldest, at: simulated) {
            guard try skip(&state, before: horizon, due: due, at: now) else { return false }
        }
        let waiting = due - state.cursor.position
        guard waiting > 0 else { return true }
        let time = state.anchor.wall(at: state.segment.time(at: state.cursor.position))
        catchUp.note(waiting: waiting, late: Double(now.microseconds - time.microseconds) / 1e6)
        return true
    }

    private func skip(
        _ state: inout LiveState,
        before horizon: SimulatedTime,
        due: Int64,
        at now: SimulatedTime
    ) throws(LiveError) -> Bool {
        // A database that is closed is opened before anything is written.
        guard state.store.isOpen else { return true }
        let (segment, position) = (state.segment, state.cursor.position)
        let grid = segment.plan.recipe.grid
        let tick = grid.firstTick(atOffset: horizon.microseconds - grid.start.microseconds)
        let target = min(segment.plan.rows.readingCount(before: tick), due)
        guard target > position else { return true }
        let skipped = SkippedStretch(
            firstReading: segment.reading(at: position),
            lastReading: segment.reading(at: target) - 1,
            firstTime: segment.time(at: position),
            lastTime: segment.time(at: target - 1),
            skippedAt: now
        )
        var totals = state.totals
        totals.skipped += skipped.count
        let phenomena = state.phenomena(upTo: target)
        do throws(StoreFailure) {
            try state.store.store(state.checkpoint(at: target), totals, skips: [skipped], phenomena: phenomena)
        } catch {
            try recover(&state, from: error)
            return false
        }
        state.totals = totals
        state.cursor.move(to: target)
        feeds?.skip(skipped.firstReading...skipped.lastReading)
        feeds?.follow(state)
        catchUp.noteSkip()
        let limit = DurationText.text(ofMicroseconds: request.maximumCatchUp ?? 0)
        log.warning(
            """
            \(skipped.count) readings are left out, from \(skipped.firstTime.zonedText) to \
            \(skipped.lastTime.zonedText): live.max_catch_up is \(limit)
            """
        )
        monitor.update { monitored in
            monitored.position = target
            monitored.problem = nil
            monitored.status.totals.grow(to: totals)
        }
        return true
    }
}
