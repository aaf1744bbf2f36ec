import DatasetGen
import GRDB

/// The table of phenomena as a run has told them so far.
enum PhenomenonTable {
    /// Makes the table of a database that has not got it, by the recipes that its run has followed: one that was saved from damage, or
    /// that an older version has written.
    static func complete(_ database: Database, _ timestamps: TimestampStyle) throws {
        guard try !database.tableExists("phenomena") else { return }
        let contents = try LiveContents(database)
        // A resolved recipe has the section where there are some.
        guard let checkpoint = contents.checkpoint,
            contents.versions.contains(where: { $0.recipe.contains("phenomena:") })
        else { return }
        try database.inSavepoint {
            let ends = contents.versions.dropFirst().map(\.firstReading) + [checkpoint.nextReading]
            var earlier: (segment: LiveSegment, position: Int64)?
            for (version, end) in zip(contents.versions, ends) {
                guard let segment = LiveSegment(stored: version) else { continue }
                let first = segment.plan.rows.readingCount(before: version.firstTick)
                let position = min(max(first, end - 1 - segment.shift), segment.plan.rows.count)
                // A run that begins anew begins with its first tick.
                let told =
                    if let earlier, version.firstTick > 0 {
                        segment.phenomena(following: earlier.segment, endingAt: earlier.position, timestamps)
                    } else {
                        segment.runningPhenomena(at: first, timestamps)
                    }
                try told.write(in: database)
                try tell(segment, from: first, to: position, database, timestamps)
                earlier = (segment, position)
            }
            return .commit
        }
    }

    private static func tell(
        _ segment: LiveSegment,
        from first: Int64,
        to last: Int64,
        _ database: Database,
        _ timestamps: TimestampStyle
    ) throws {
        guard last > first, !segment.plan.recipe.phenomena.isEmpty else { return }
        var coming = ComingPhenomena(segment.plan)
        var (time, end) = (segment.toldEnd(at: first), segment.toldEnd(at: last))
        while time < end {
            let next = min(end, SimulatedTime(microseconds: time.microseconds + coming.stretch))
            try ToldPhenomena(coming.beginning(in: time..<next), of: segment.plan, timestamps).write(in: database)
            time = next
        }
    }
}
