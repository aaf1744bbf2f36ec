import DatasetGen

/// How densely anomalies lie: benchmarks with many, long or close ones are unlike what detectors meet.
///
/// Source: Wu and Keogh, "Current Time Series Anomaly Detection Benchmarks are Flawed and are Creating the Illusion of
/// Progress", IEEE TKDE 2021 (arXiv:2009.13807), section 2.3, "unrealistic density".
struct DensityMeasure {
    private let plan: GenerationPlan
    private var events: Int64 = 0
    private var anomalous: Int64 = 0
    private var longest: Int64 = 0
    /// Of the readings of its sensor.
    private var longestShare = 0.0
    private var gaps = LogHistogram()
    /// Per sensor: the tick behind its last event; −1 before the first.
    private var ends: [Int64]

    init(_ plan: GenerationPlan) {
        self.plan = plan
        ends = Array(repeating: -1, count: plan.fleet.sensors.count)
    }

    /// Takes note of an event; those of a sensor come in order.
    mutating func add(_ event: StoredEvent) {
        events += 1
        anomalous += Int64(event.ticks.count)
        longest = max(longest, Int64(event.ticks.count))
        let readings = plan.rows.tickCount(ofSensor: event.sensor)
        longestShare = max(longestShare, Double(event.ticks.count) / Double(max(1, readings)))
        if ends[event.sensor] >= 0 { gaps.add(event.ticks.lowerBound - ends[event.sensor]) }
        ends[event.sensor] = event.ticks.upperBound
    }

    /// The figures.
    var figures: DensityFigures {
        let grid = plan.recipe.grid
        let readings =
            plan.recipe.recording.map { Double($0.readingCount) }
            ?? Double(grid.tickCount) * Double(plan.rows.sensorCount)
        let days = readings * grid.interval.seconds / 86_400
        return DensityFigures(
            events: events,
            anomalousShare: plan.rows.count == 0 ? 0 : Double(anomalous) / Double(plan.rows.count),
            eventsPerSensorDay: days == 0 ? 0 : Double(events) / days,
            longestEventReadings: longest,
            longestEventShare: longestShare,
            medianGapReadings: gaps.quantile(0.5)
        )
    }
}
