import DatasetGen
import DatasetLive
import DatasetMonitoring
import Foundation
import Synchronization

/// A live run as the monitoring server sees it.
final class LiveMonitoredRun: MonitoredRun {
    private let monitor: LiveMonitor
    /// The sensors of a version of the recipe, made when somebody first asks for them.
    private let sensors = Mutex<(version: Int64, index: SensorIndex)?>(nil)

    /// What looks through the fleet or the database has threads of its own: the server's answers health checks.
    private let searches = SideThread("sensors")
    private let looks = SideThread("readings")
    private let surveys = LastValue<DatabaseSurvey>(on: SideThread("database"))

    /// A view of the run that tells `monitor`.
    init(_ monitor: LiveMonitor) {
        self.monitor = monitor
    }

    func status() -> RunStatus {
        let live = monitor.status()
        var status = RunStatus(name: live.name, mode: .live)
        status.isRunning = live.health != .stopped
        status.readings = live.readings
        status.anomalies = AnomalyCounts()
        for (type, count) in live.anomalies { status.anomalies?[type] = count }
        status.readingsPerSecond = live.rowsPerSecond
        status.elapsed = .seconds(live.totals.runningSeconds)
        status.startedAt = live.totals.beganAt
        status.plannedReadings = live.plannedReadings
        status.remaining = live.remainingSeconds.map { .seconds($0) }
        status.newestReading = live.newestReading
        if let median = live.latenessMedian, let p99 = live.latenessP99, let maximum = live.latenessMaximum {
            status.lateness = Lateness(
                median: .seconds(median),
                p99: .seconds(p99),
                maximum: .seconds(maximum),
                sumSeconds: live.totals.latenessSum,
                count: live.totals.latenessCount
            )
        }
        status.errors = live.errorCount
        status.bufferedReadings = live.readingsWaiting
        status.lostReadings = live.readingsLost
        status.skippedReadings = live.readingsSkipped
        status.isDatabaseHealthy = live.isDatabaseWritable
        if let problem = live.problem { status.problems = [RunProblem(problem, openText: live.problemKind ?? problem)] }
        status.problems += live.warnings.map { RunProblem($0, severity: .degraded) }
        status.feeds = live.feeds.map { FeedProgress($0) }
        status.schema = live.schema
        status.sensorCount = live.sensorCount
        status.measuringSensors = live.measuringSensors
        status.sensor = monitor.sensors().first.map { MonitoredSensor($0) }
        status.configuration = live.recipe
        status.reload = ReloadStatus(
            version: Int(live.versions.last?.number ?? 1),
            appliedAt: live.versions.last?.appliedAt,
            refusals: live.totals.refusals,
            error: live.reloadErrors.first
        )
        return status
    }

    func recentReadings(sensor: String?, limit: Int) async -> [MonitoredReading]? {
        guard let sensor else { return monitor.latestReadings(limit).map { MonitoredReading($0) } }
        guard let position = await index().position(of: sensor) else { return nil }
        return monitor.readings(ofSensor: position, last: limit).map { MonitoredReading($0) }
    }

    func currentReadings() async -> [MonitoredReading] {
        let monitor = monitor
        return await searches.run { monitor.currentReadings().map { MonitoredReading($0) } }
    }

    func sensors(matching text: String, limit: Int) async -> SensorMatches {
        let index = await index()
        return await searches.run { index.sensors(matching: text, limit: limit) }
    }

    func fleet(_ metric: Metric, at times: [SimulatedTime]) async -> [FleetInstant] {
        let monitor = monitor
        return await looks.run { monitor.fleet(metric, at: times) }
    }

    func sensorIDs(at places: [Int]) async -> [String] {
        let index = await index()
        return places.compactMap { index.id(at: $0) }
    }

    func history(of sensor: String, _ request: HistoryRequest) async -> SensorHistory? {
        guard let position = await index().position(of: sensor) else { return nil }
        let monitor = monitor
        return await looks.run { monitor.history(ofSensor: position, request) }
    }

    func databaseStatistics() async -> DatabaseStatistics? {
        let live = monitor.status()
        var statistics = DatabaseStatistics(totalReadings: live.newestReadingNumber)
        let totals = live.totals
        if totals.commits > 0 {
            statistics.performance = DatabaseStatistics.Performance(
                commits: totals.commits,
                readingsPerCommit: Double(totals.rows) / Double(totals.commits),
                commitDuration: .seconds(totals.commitSeconds / Double(totals.commits)),
                retries: totals.retries
            )
        }
        if live.databaseBytes <= Self.surveyedBytes, let survey = await survey(live.databasePath) {
            statistics.tables = survey.tables.map { DatabaseStatistics.Table(name: $0.name, rows: $0.rows) }
            statistics.indexes = survey.indexes
            statistics.syncedReadings = survey.syncedReadings
            statistics.anomalies = AnomalyCounts()
            for (type, count) in survey.anomalies { statistics.anomalies?[type] = count }
            statistics.totalReadings = survey.tables.first { $0.name == "sensor_data" }?.rows ?? 0
        }
        statistics.lastWrite = live.lastWriteAt
        statistics.files = ["", "-wal", "-shm"]
            .compactMap { suffix in
                let path = live.databasePath + suffix
                guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64 else {
                    return nil
                }
                return DatabaseStatistics.File(name: (path as NSString).lastPathComponent, bytes: size)
            }
        return statistics
    }

    /// A larger database is not scanned because somebody asks for its figures.
    private static let surveyedBytes: Int64 = 256 << 20

    /// What the last scan has found, while the next one goes on; nil if the database is not there or locked.
    private func survey(_ path: String) async -> DatabaseSurvey? {
        await surveys.value { try? DatabaseSurvey(ofDatabase: path) }
    }

    private func index() async -> SensorIndex {
        let version = monitor.status().versions.last?.number ?? 0
        if let known = sensors.withLock({ $0 }), known.version == version { return known.index }
        let monitor = monitor
        let index = await searches.run { SensorIndex(monitor.sensors().lazy.map(\.id)) }
        sensors.withLock { $0 = (version, index) }
        return index
    }
}
