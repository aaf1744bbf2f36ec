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
        status.elapsed = .seconds(live.uptimeSeconds)
        status.remaining = live.remainingSeconds.map { .seconds($0) }
        status.newestReading = live.newestReading
        if let median = live.latenessMedian, let p99 = live.latenessP99, let maximum = live.latenessMaximum {
            status.lateness = Lateness(
                median: .seconds(median),
                p99: .seconds(p99),
                maximum: .seconds(maximum),
                sum: .seconds(live.latenessSum),
                count: live.latenessCount
            )
        }
        status.errors = live.errorCount
        status.bufferedReadings = live.readingsWaiting
        status.lostReadings = live.readingsLost
        status.isDatabaseHealthy = live.health != .degraded
        status.problems = (live.problem.map { [$0] } ?? []) + live.reloadErrors.map { "the recipe: \($0)" }
        status.sensorCount = live.sensorCount
        status.sensor = monitor.sensors().first.map { MonitoredSensor($0) }
        status.configuration = live.recipe
        status.reload = ReloadStatus(
            version: Int(live.versions.last?.number ?? 1),
            appliedAt: live.versions.last?.appliedAt,
            refusals: live.reloadErrors.isEmpty ? 0 : 1,
            error: live.reloadErrors.first
        )
        return status
    }

    func recentReadings(sensor: String?, limit: Int) async -> [MonitoredReading]? {
        guard let sensor else { return monitor.latestReadings(limit).map { MonitoredReading($0) } }
        guard let position = index().position(of: sensor) else { return nil }
        return monitor.readings(ofSensor: position, last: limit).map { MonitoredReading($0) }
    }

    func sensors(matching text: String, limit: Int) async -> SensorMatches {
        index().sensors(matching: text, limit: limit)
    }

    func databaseStatistics() async -> DatabaseStatistics? {
        let live = monitor.status()
        var statistics = DatabaseStatistics(totalReadings: live.readings)
        if live.commits > 0 {
            statistics.performance = DatabaseStatistics.Performance(
                commits: live.commits,
                readingsPerCommit: Double(live.rowsWritten) / Double(live.commits),
                commitDuration: .seconds(live.commitSeconds / Double(live.commits)),
                retries: live.retries
            )
        }
        if live.databaseBytes <= Self.surveyedBytes, let survey = await Self.survey(live.databasePath) {
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

    /// Elsewhere than on the server's thread, as it may take a moment; nil if the database is not there or locked.
    @concurrent
    private static func survey(_ path: String) async -> DatabaseSurvey? {
        try? DatabaseSurvey(ofDatabase: path)
    }

    private func index() -> SensorIndex {
        let version = monitor.status().versions.last?.number ?? 0
        return sensors.withLock { known in
            if let known, known.version == version { return known.index }
            let index = SensorIndex(monitor.sensors().lazy.map(\.id))
            known = (version, index)
            return index
        }
    }
}
