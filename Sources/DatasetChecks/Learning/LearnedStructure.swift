import DatasetGen

/// How the scores of a metric part in time, what comes back aside.
struct LearnedStructure {
    /// Half the square by which scores so many microseconds apart typically differ, over their variance.
    private(set) var points: [(lag: Int64, part: Double)]
    /// How many of the points it takes until scores have parted.
    let settled: Int
    /// The variance of the scores without what comes back.
    let variance: Double
    /// Microseconds between readings, and the longest time that readings tell of.
    let (interval, longest): (Int64, Int64)

    private static let pointLimit = 40
    /// Scores that are so near to 1 have parted.
    private static let parted = 0.98
    /// Fewer pairs of readings tell nothing of a point behind the first.
    private static let leastCount = 48
    /// Points beyond that, which tell slow octaves from one another.
    private static let beyond = 6

    /// - Parameters:
    ///   - series: the readings.
    ///   - pattern: what comes back regularly in them.
    ///   - variance: that of the scores without the pattern.
    init(_ series: LearnedSeries, _ pattern: LearnedPattern, variance: Double) {
        let interval = Int64((series.recording.grid.interval.seconds * 1e6).rounded())
        let most = Int(series.recording.sensors.map(\.grid.tickCount).max() ?? 1) / 4
        var points: [(lag: Int64, part: Double)] = []
        var settled: Int?
        var lag = 1
        while lag <= max(1, most), points.count < Self.pointLimit {
            let changes = series.changes(after: lag) { sensor, tick in
                series.score(sensor, tick)
                    .map { score in
                        let time = series.recording.sensors[sensor].grid.time(ofTick: Int64(tick)).microseconds
                        return score - pattern.value(at: time)
                    }
            }
            let apart = lag
            lag = max(lag + 1, lag * 3 / 2)
            // Gaps may leave no readings that are so far apart.
            guard points.isEmpty || changes.count >= Self.leastCount else { continue }
            let change = RobustMoments.rootMeanSquare(changes)
            let part = min(change * change / 2 / variance, 1.2)
            points.append((Int64(apart) * interval, part))
            if settled == nil, part > Self.parted { settled = points.count }
            if let settled, points.count >= settled + Self.beyond { break }
        }
        self.points = points
        self.settled = settled ?? points.count
        self.variance = variance
        (self.interval, longest) = (interval, Int64(max(1, most)) * interval)
    }

    /// The same without what the smaller 95 % of differences leave out.
    ///
    /// - Parameter trimming: what is left of a part after some microseconds.
    /// - Returns: the structure by all differences.
    func withoutTrimming(_ trimming: (_ lag: Int64) -> Double) -> LearnedStructure {
        var whole = self
        whole.points = points.map { ($0.lag, min($0.part / trimming($0.lag), 1.2)) }
        return whole
    }
}
