import DatasetGen

extension LiveSegment {
    /// The instant before which phenomena begin that are told, once the readings before a position are stored.
    ///
    /// It follows from the position alone, so that what is told goes on where a checkpoint stands. Nothing is told before the clock
    /// gets there, as another recipe may count by then.
    func toldEnd(at position: Int64) -> SimulatedTime {
        if position >= plan.rows.count { return plan.recipe.grid.end }
        guard position > plan.rows.readingCount(before: version.firstTick) else { return version.firstTime }
        return SimulatedTime(microseconds: time(at: position - 1).microseconds + 1)
    }

    /// The phenomena that are told as the readings before a position are stored, and are felt at an instant.
    func running(at position: Int64, feltAt instant: SimulatedTime) -> [Phenomenon] {
        let end = toldEnd(at: position)
        let times = instant..<SimulatedTime(microseconds: instant.microseconds + 1)
        return plan.recipe.phenomena.isEmpty ? [] : plan.phenomena(feltIn: times).filter { $0.start < end }
    }

    /// What is to be told at first of this segment, which no other one goes before, or in a new database.
    func runningPhenomena(at position: Int64, _ timestamps: TimestampStyle) -> ToldPhenomena {
        ToldPhenomena(running(at: position, feltAt: time(at: position)), of: plan, timestamps)
    }

    /// What is to be told as this segment follows another one, of which the readings before a position are stored.
    func phenomena(
        following earlier: LiveSegment,
        endingAt position: Int64,
        _ timestamps: TimestampStyle
    ) -> ToldPhenomena {
        let (first, begin) = (plan.rows.readingCount(before: version.firstTick), version.firstTime)
        return ToldPhenomena(
            from: (earlier.running(at: position, feltAt: begin), earlier.plan),
            to: (running(at: first, feltAt: begin), plan),
            at: begin,
            timestamps
        )
    }
}

extension LiveState {
    /// What is to be told in a database that has only what comes from now on.
    var runningPhenomena: ToldPhenomena {
        segment.runningPhenomena(at: cursor.position, store.settings.timestamps)
    }

    /// What is to be told with the readings from the cursor up to a position.
    mutating func phenomena(upTo limit: Int64) -> ToldPhenomena {
        if segment.plan.recipe.phenomena.isEmpty { return ToldPhenomena() }
        let known = coming.flatMap { $0.version == segment.version.number ? $0.phenomena : nil }
        var coming = known ?? ComingPhenomena(segment.plan)
        let times = segment.toldEnd(at: cursor.position)..<segment.toldEnd(at: limit)
        let found = coming.beginning(in: times)
        self.coming = (segment.version.number, coming)
        return found.isEmpty ? ToldPhenomena() : ToldPhenomena(found, of: segment.plan, store.settings.timestamps)
    }
}
