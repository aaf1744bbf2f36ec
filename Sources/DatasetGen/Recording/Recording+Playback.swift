extension Recording {
    /// Which part of a recording is played, when, and whether again and again.
    ///
    /// Rounds follow one another, each as long as the part. A run begins `phase` into the first of them.
    package struct Playback: Hashable, Sendable {
        /// The first instant of the part.
        package var from: SimulatedTime
        /// The instant behind the part.
        package var to: SimulatedTime
        /// Whether another round follows a round.
        package var isRepeated: Bool
        /// How far into the first round the run begins, in microseconds.
        package var phase: Int64
        /// When the run begins.
        package var start: SimulatedTime
        /// When it ends (exclusive).
        package var end: SimulatedTime

        /// Microseconds of a round.
        package var period: Int64 { to.microseconds - from.microseconds }

        /// By how much the readings of the first round are later than those of the recording.
        var shift: Int64 { start.microseconds - phase - from.microseconds }
    }

    /// The part that is played where a recipe says nothing else: all, up to the reading that would follow the last one, a whole
    /// number of intervals.
    var wholeTimes: (from: SimulatedTime, to: SimulatedTime) {
        let length = grid.ticks(in: grid.end.microseconds - grid.start.microseconds) * grid.interval.wholeMicroseconds
        return (grid.start, SimulatedTime(microseconds: grid.start.microseconds + length))
    }

    /// The recording as it is played.
    ///
    /// Sensors that have no reading in the part are left out, and a note tells of them. How much readings vary, and between
    /// which bounds, is that of the part, however long a run is.
    ///
    /// - Throws: ``RecordingError`` when a metric or a sensor has no reading then.
    func played(_ playback: Playback) throws(RecordingError) -> Recording {
        let times = "from \(playback.from.zonedText) to \(playback.to.zonedText)"
        var (played, absent): ([Sensor], [String]) = ([], [])
        for sensor in sensors {
            let part = sensor.grid.part(playback)
            guard !part.isEmpty else {
                absent.append(sensor.id ?? "")
                continue
            }
            var sensor = sensor
            (sensor.grid, sensor.first) = sensor.grid.played(playback, part)
            if part.count < sensor.columns[0].count { sensor.columns = sensor.columns.map { Array($0[part]) } }
            played.append(sensor)
        }
        guard !played.isEmpty else { throw RecordingError("no reading is \(times)") }
        if let silent = played.first(where: { $0.grid.tickCount == 0 }) {
            throw RecordingError(
                "\(silent.id.map { "no reading of \($0.quoted)" } ?? "no reading") is played from "
                    + "\(playback.start.zonedText) to \(playback.end.zonedText)"
            )
        }
        var metrics = metrics
        for index in metrics.indices {
            try metrics[index].cut(to: played.map { $0.columns[index] }, times)
        }
        let names = absent.prefix(5).joined(separator: ", ") + (absent.count > 5 ? ", …" : "")
        return Recording(
            self,
            metrics: metrics,
            sensors: played,
            grid: grid.played(playback, grid.part(playback)).grid,
            playback: playback,
            notes: absent.isEmpty
                ? [] : ["\(absent.count.grouped(of: "sensor")) without a reading \(times), left out: \(names)"]
        )
    }
}

extension Recording.Metric {
    /// Takes range and gaps of some columns in place of those of the file.
    fileprivate mutating func cut(to columns: [[Int32]], _ times: String) throws(RecordingError) {
        var (least, greatest, hasGaps) = (Int32.max, ReadingBlock.null, false)
        for column in columns {
            for count in column where count != ReadingBlock.null {
                (least, greatest) = (min(least, count), max(greatest, count))
            }
            hasGaps = hasGaps || column.contains(ReadingBlock.null)
        }
        guard least <= greatest else { throw RecordingError("the column \(column.quoted) is empty \(times)") }
        (range, self.hasGaps) = (least...greatest, hasGaps)
    }
}

extension TickGrid {
    /// Which of a recording's instants are of the part that is played.
    fileprivate func part(_ playback: Recording.Playback) -> Range<Int> {
        guard let given else { return 0..<0 }
        return given.count(before: playback.from.microseconds)..<given.count(before: playback.to.microseconds)
    }

    /// The grid on which some of the recording's instants are played, and which of them is the first.
    fileprivate func played(_ playback: Recording.Playback, _ part: Range<Int>) -> (grid: TickGrid, first: Int64) {
        let times = (given?.microseconds[part] ?? []).map { $0 + playback.shift }
        let begin = playback.from.microseconds + playback.shift
        let skipped = times.prefix { $0 < playback.start.microseconds }.count
        let rounds = GivenTimes.Rounds(begin: begin, period: playback.period, first: Int64(skipped))
        var end = playback.end.microseconds
        if !playback.isRepeated { end = min(end, begin + playback.period) }
        return (TickGrid(GivenTimes(times, in: rounds, before: end), interval: interval), Int64(skipped))
    }
}
