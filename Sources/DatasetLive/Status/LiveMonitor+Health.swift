import DatasetGen

extension LiveMonitor {
    /// How long a lock may be held before readings wait for it: other programs' transactions are short.
    private static let tolerableLock = Duration.milliseconds(1_500)

    /// Says of a status how the run is: whether something keeps the database from being written, and what else is wrong.
    func judge(_ status: inout LiveStatus, _ state: State, now: SimulatedTime) {
        guard status.health != .stopped else { return }
        if let problem = state.problem {
            status.problem = problem.text
            status.problemKind = problem.kind
            status.isDatabaseWritable = false
        } else if let waited = lockWait.current, waited > Self.tolerableLock {
            status.warnings.append("\(StoreFailure.locked); readings wait")
            status.isDatabaseWritable = false
        }
        if let awaited = state.awaitedClock, awaited > now {
            let setBack = DurationText.seconds(ofMicroseconds: state.clockSetBack)
            status.warnings.append("the clock was set back by \(setBack); readings wait until \(awaited.second)")
        }
        if let late = lateness(of: status, state, now: now), late > CatchUp.tolerableLateness {
            let lateness = DurationText.seconds(ofMicroseconds: Int64(min(late, 1e11) * 1e6))
            status.warnings.append("readings are written \(lateness) after their time; \(status.readingsWaiting) wait")
        }
        for (index, feed) in status.feeds.enumerated() where feed.lagSeconds > CatchUp.tolerableLateness {
            let lag = DurationText.seconds(ofMicroseconds: Int64(min(feed.lagSeconds, 1e11) * 1e6))
            status.warnings.append("feed \(index + 1) is \(lag) behind; \(feed.readingsWaiting) readings wait")
        }
        if !status.reloadErrors.isEmpty { status.warnings.append(Self.refusedRecipe) }
        if status.problem != nil || !status.warnings.isEmpty {
            status.health = .degraded
        } else if state.segment != nil {
            status.health = .healthy
        }
    }

    /// What is said of a recipe that is not followed, without its words.
    private static var refusedRecipe: String {
        "the recipe, as it is now, is not applied; the log and /statusz say why"
    }

    /// Seconds since the time of the oldest reading that waits; nil if none does, and for backfill.
    private func lateness(of status: LiveStatus, _ state: State, now: SimulatedTime) -> Double? {
        guard status.readingsWaiting > 0, let anchor = state.anchor, let segment = state.segment else { return nil }
        let time = segment.time(at: state.position)
        guard time >= state.liveStart else { return nil }
        return Double(now.microseconds - anchor.wall(at: time).microseconds) / 1e6
    }
}

extension SimulatedTime {
    /// The instant to the second, for people.
    var second: String {
        SimulatedTime(microseconds: microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000).zonedText
    }
}
