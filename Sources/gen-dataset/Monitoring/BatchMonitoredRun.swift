import DatasetFiles
import DatasetGen
import DatasetLive
import DatasetMonitoring
import Synchronization

/// A batch run as the monitoring server sees it.
///
/// Recent readings are not kept: they are computed again when somebody asks, from how far the run is.
final class BatchMonitoredRun: MonitoredRun {
    private struct Progress {
        var rowsDone: Int64
        var isRunning = true
    }

    private let plan: GenerationPlan
    private let begin = ContinuousClock.now
    private let startedAt = WallClock().now()
    /// Readings that the run before this one has made, which it goes on behind.
    private let earlierReadings: Int64
    private let progress: Mutex<Progress>
    private let index: SensorIndex
    /// By metric.
    private let measuringSensors: [Int]
    private let searches = SideThread("readings")

    /// A view of a run that begins now.
    init(_ plan: GenerationPlan, behind earlierReadings: Int64 = 0) {
        self.plan = plan
        self.earlierReadings = earlierReadings
        progress = Mutex(Progress(rowsDone: earlierReadings))
        index = SensorIndex(plan.fleet.sensors.lazy.map(\.id))
        measuringSensors = plan.fleet.measuringSensors(plan.recipe.schema)
    }

    /// Takes note of how far the run is.
    func update(_ now: GenerationProgress) {
        progress.withLock { $0.rowsDone = now.rowsDone }
    }

    func status() -> RunStatus {
        let done = progress.withLock { $0.rowsDone }
        let elapsed = ContinuousClock.now - begin
        let seconds = elapsed / .seconds(1)
        var status = RunStatus(name: plan.recipe.name, mode: .batch)
        status.readings = done
        status.plannedReadings = plan.rows.count
        status.earlierReadings = earlierReadings
        status.readingsPerSecond = seconds > 0 ? Double(done - earlierReadings) / seconds : 0
        status.elapsed = elapsed
        status.startedAt = startedAt
        if status.readingsPerSecond > 0 {
            status.remaining = .seconds(Double(plan.rows.count - done) / status.readingsPerSecond)
        }
        status.newestReading = done > 0 ? time(at: done - 1) : nil
        status.schema = plan.recipe.schema
        status.sensorCount = plan.fleet.sensors.count
        status.measuringSensors = measuringSensors
        status.sensor = plan.fleet.sensors.first.map { MonitoredSensor($0) }
        status.configuration = RecipeWriter.json(of: plan.recipe)
        return status
    }

    func recentReadings(sensor: String?, limit: Int) async -> [MonitoredReading]? {
        let done = progress.withLock { $0.rowsDone }
        guard let sensor else {
            return (max(0, done - Int64(limit))..<done)
                .flatMap { position in
                    let (sensor, tick) = plan.rows.reading(at: position)
                    return readings(ofSensor: sensor, tick..<tick + 1)
                }
        }
        guard let sensor = index.position(of: sensor) else { return nil }
        let end = plan.rows.readingCount(ofSensor: sensor, before: done)
        return readings(ofSensor: sensor, max(0, end - Int64(limit))..<end)
    }

    func currentReadings() async -> [MonitoredReading] {
        let done = progress.withLock { $0.rowsDone }
        return await searches.run { [self] in
            plan.fleet.sensors.indices.flatMap { sensor in
                let end = plan.rows.readingCount(ofSensor: sensor, before: done)
                return end > 0 ? readings(ofSensor: sensor, end - 1..<end) : []
            }
        }
    }

    func sensors(matching text: String, limit: Int) async -> SensorMatches {
        index.sensors(matching: text, limit: limit)
    }

    func fleet(_ metric: Metric, at times: [SimulatedTime]) async -> [FleetInstant] {
        let done = progress.withLock { $0.rowsDone }
        return await searches.run { [plan] in
            var reader = FleetReader(plan)
            return times.map { reader.read(metric, at: $0, before: done) }
        }
    }

    func sensorIDs(at places: [Int]) async -> [String] { places.compactMap { index.id(at: $0) } }

    func history(of sensor: String, _ request: HistoryRequest) async -> SensorHistory? {
        guard let sensor = index.position(of: sensor) else { return nil }
        let done = progress.withLock { $0.rowsDone }
        return await searches.run { [plan] in
            let ticks = 0..<plan.rows.readingCount(ofSensor: sensor, before: done)
            return SensorReader.history(of: plan.fleet.sensors[sensor], in: plan, ticks, request)
        }
    }

    private func time(at position: Int64) -> SimulatedTime {
        plan.time(at: position)
    }

    private func readings(ofSensor index: Int, _ ticks: Range<Int64>) -> [MonitoredReading] {
        let sensor = plan.fleet.sensors[index]
        var reader = SensorReader(plan, sensor: sensor)
        let window = reader.read(ticks)
        return (0..<window.count)
            .compactMap { offset in
                if window.isOmitted(offset) { return nil }
                let tick = ticks.lowerBound + Int64(offset)
                return MonitoredReading(
                    id: plan.rows.position(ofSensor: index, tick: tick) + 1,
                    time: plan.grid(ofSensor: index).time(ofTick: tick),
                    sensorID: sensor.id,
                    values: plan.recipe.schema.all.map { window.value($0, offset) },
                    anomalyType: window.anomalyType(offset),
                    changedMetrics: window.changedMetrics(offset),
                    schema: plan.recipe.schema
                )
            }
    }
}
