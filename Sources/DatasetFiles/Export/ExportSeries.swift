import DatasetGen

/// The readings of a sensor as an export has them: what it reported, and what it would have reported without anomalies.
struct ExportSeries {
    /// The sensor.
    let sensor: Sensor
    /// The metrics that it measures.
    let metrics: [Metric]
    /// When it reports.
    let grid: TickGrid
    /// What it reported.
    let readings: SensorReader.Window
    /// What it would have reported.
    let healthy: SensorReader.Window
    /// The ticks of its training, from the first; nil without splits by time.
    let trainingEnd: Int64?
    /// The first tick of its test; nil without splits by time.
    let testStart: Int64?

    init(_ index: Int, of plan: GenerationPlan, twin: GenerationPlan) {
        let sensor = plan.fleet.sensors[index]
        let ticks = 0..<plan.rows.tickCount(ofSensor: index)
        self.sensor = sensor
        metrics = plan.recipe.schema.all.filter { sensor.measures($0) }
        grid = plan.grid(ofSensor: index)
        var (reader, healthyReader) = (
            SensorReader(plan, sensor: sensor), SensorReader(twin, sensor: twin.fleet.sensors[index])
        )
        readings = reader.read(ticks)
        healthy = healthyReader.read(ticks)
        let bounds = plan.trainingBounds(ofSensor: index)
        (trainingEnd, testStart) = (bounds?.trainingEnd, bounds?.testStart)
    }

    /// The number of readings.
    var count: Int { readings.count }

    /// When a reading is taken, as pandas and NAB have times: `2025-01-18 10:30:45`, with microseconds where there are any.
    func time(_ index: Int, alwaysWithMicroseconds: Bool = false) -> String {
        let text = grid.time(ofTick: Int64(index)).text.replacing("T", with: " ")
        return alwaysWithMicroseconds || !grid.isWhole(in: .epochSeconds) ? text : String(text.prefix(19))
    }

    /// Runs of anomalous readings, of a metric if there is one, among some readings.
    func events(in range: Range<Int>, of metric: Metric? = nil) -> [Range<Int>] {
        var events: [Range<Int>] = []
        for index in range where readings.isAnomalous(index, metric) {
            if let last = events.last, last.upperBound == index {
                events[events.count - 1] = last.lowerBound..<index + 1
            } else {
                events.append(index..<index + 1)
            }
        }
        return events
    }
}

extension GenerationPlan {
    /// Where the training of a sensor ends, and where its test begins; nil without splits by time.
    func trainingBounds(ofSensor index: Int) -> (trainingEnd: Int64, testStart: Int64)? {
        guard let splits, recipe.splits?.basis == .time else { return nil }
        var (end, start) = (Int64(0), rows.tickCount(ofSensor: index))
        splits.forEachRun(ofSensor: index, of: self) { code, ticks in
            if code == 1 { end = ticks.upperBound }
            if code == splits.parts.count { start = ticks.lowerBound }
        }
        return (end, start)
    }
}

extension [UInt8] {
    /// Appends a text.
    mutating func append(text: String) { append(contentsOf: text.utf8) }

    /// Appends a value that cannot be missing.
    mutating func append(_ window: SensorReader.Window, _ metric: Metric, _ index: Int) {
        append(contentsOf: (window.number(metric, index)?.text ?? "").utf8)
    }
}
