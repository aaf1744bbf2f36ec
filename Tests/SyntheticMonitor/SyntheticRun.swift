package import DatasetGen
package import DatasetMonitoring
import Foundation

/// A run whose readings are sine waves with faults in them, computed when they are asked for.
package struct SyntheticRun: MonitoredRun {
    package var situation: RunStatus
    package var database: DatabaseStatistics? = DatabaseStatistics.sample
    package var sensorCount: Int
    /// What the sensors measure.
    package var schema = MetricSchema.standard
    /// What the status says that they measure, as it was before a change of the recipe; nil for what they do.
    package var earlierSchema: MetricSchema?
    /// Seconds of lateness in all; nil for a little of each reading.
    package var latenessSum: Double?
    /// Seconds between two readings of a sensor.
    package var interval: Double
    private let index: SensorIndex
    private let start = Date()

    package init(sensors: Int = 1, interval: Double = 0.1) {
        sensorCount = sensors
        self.interval = interval
        index = SensorIndex((0..<sensors).map(Self.id))
        situation = RunStatus(name: "synthetic", mode: .live)
        situation.sensorCount = sensors
        situation.sensor = .sample
        situation.configuration = [
            "simulation": ["readings_per_second": .literal("10")],
            "monitoring": ["port": .literal("8080"), "token": "hush-hush"],
        ]
        situation.reload = ReloadStatus(version: 2, appliedAt: Self.time(start))
    }

    package func status() -> RunStatus {
        var status = situation
        let elapsed = -start.timeIntervalSinceNow
        status.readings = Int64(newestTick + 1) * Int64(sensorCount)
        status.elapsed = .seconds(elapsed)
        status.startedAt = Self.time(start)
        status.readingsPerSecond = Double(sensorCount) / interval * (1 + 0.05 * sin(elapsed / 3))
        status.schema = earlierSchema ?? schema
        status.newestReading = time(ofTick: newestTick)
        status.anomalies = AnomalyCounts()
        for type in AnomalyType.allCases {
            status.anomalies?[type] = status.readings / Int64(30 + 20 * type.rawValue)
        }
        status.lateness = Lateness(
            median: .microseconds(180),
            p99: .microseconds(900),
            maximum: .milliseconds(4),
            sumSeconds: latenessSum ?? 0.0002 * Double(status.readings),
            count: status.readings
        )
        return status
    }

    package func recentReadings(sensor: String?, limit: Int) async -> [MonitoredReading]? {
        guard let sensor else {
            let newest = Int64(newestTick + 1) * Int64(sensorCount)
            return (max(1, newest - Int64(limit) + 1)...newest).map { reading(number: $0) }
        }
        guard let position = index.position(of: sensor) else { return nil }
        return (newestTick - limit + 1...newestTick).map { reading(tick: $0, sensor: position) }
    }

    package func fleet(_ metric: Metric, at times: [SimulatedTime]) async -> [FleetInstant] {
        times.map { time in
            var instant = FleetInstant(time: time, sensorCount: sensorCount)
            let tick = tick(at: time)
            guard (0...newestTick).contains(tick) else { return instant }
            for sensor in 0..<sensorCount {
                let reading = reading(tick: tick, sensor: sensor)
                instant.values[sensor] = reading[metric]?.double ?? .nan
                instant.labels[sensor] = reading.anomalyType?.rawValue ?? 0
            }
            return instant
        }
    }

    package func sensorIDs(at places: [Int]) async -> [String] { places.compactMap { index.id(at: $0) } }

    package func history(of sensor: String, _ request: HistoryRequest) async -> SensorHistory? {
        guard let position = index.position(of: sensor) else { return nil }
        var history = SensorHistory(
            of: schema,
            begin: time(ofTick: 0),
            end: time(ofTick: newestTick),
            interval: interval
        )
        let end = min(newestTick + 1, request.to.map { tick(at: $0) } ?? newestTick + 1)
        let begin = max(0, request.from.map { tick(at: $0) } ?? end - request.points)
        guard begin < end else { return history }
        history.readings = Int64(end - begin)
        guard history.readings <= request.longest else {
            history.points = nil
            return history
        }
        let length = max(1, (end - begin + request.points - 1) / request.points)
        history.readingsPerPoint = Int64(length)
        for first in stride(from: begin, to: end, by: length) {
            let readings = (first..<min(end, first + length)).map { reading(tick: $0, sensor: position) }
            history.points?.append(point(readings))
            history.events += readings.compactMap { event($0) }
        }
        return history
    }

    private func point(_ readings: [MonitoredReading]) -> SensorHistory.Point {
        let summaries = schema.all.map { metric -> SensorHistory.Summary? in
            let values = readings.compactMap { $0[metric]?.double }
            guard let least = values.min(), let greatest = values.max() else { return nil }
            guard schema[metric].states.isEmpty else {
                return SensorHistory.Summary(least: least, greatest: least, mean: least)
            }
            let mean = values.reduce(0, +) / Double(values.count)
            return SensorHistory.Summary(least: least, greatest: greatest, mean: mean)
        }
        return SensorHistory.Point(time: readings[0].timestamp, metrics: summaries)
    }

    private func event(_ reading: MonitoredReading) -> SensorHistory.Events? {
        reading.anomalyType.map {
            SensorHistory.Events(
                type: $0,
                metrics: reading.changedMetrics,
                first: reading.timestamp,
                last: reading.timestamp,
                count: 1,
                readings: 1
            )
        }
    }

    package func currentReadings() async -> [MonitoredReading] {
        (0..<sensorCount).map { reading(tick: newestTick, sensor: $0) }
    }

    package func sensors(matching text: String, limit: Int) async -> SensorMatches {
        index.sensors(matching: text, limit: limit)
    }

    package func databaseStatistics() async -> DatabaseStatistics? {
        var database = database
        database?.totalReadings = Int64(newestTick + 1) * Int64(sensorCount)
        database?.lastWrite = time(ofTick: newestTick)
        return database
    }

    // A thousand readings exist before the run begins, so that plots are full from the start.
    private static let past = 1_000

    private var newestTick: Int { Self.past + Int(-start.timeIntervalSinceNow / interval) }

    private func time(ofTick tick: Int) -> SimulatedTime {
        Self.time(start.addingTimeInterval(Double(tick - Self.past) * interval))
    }

    private func tick(at time: SimulatedTime) -> Int {
        let seconds = Double(time.microseconds) / 1e6 - start.timeIntervalSince1970
        return Self.past + Int((seconds / interval + 1e-6).rounded(.down))
    }

    private static func time(_ date: Date) -> SimulatedTime {
        SimulatedTime(microseconds: Int64(date.timeIntervalSince1970 * 1_000) * 1_000)
    }

    private static func id(_ sensor: Int) -> String { "LOAD_" + String(String(sensor + 1_000_001).dropFirst()) }

    private func reading(number: Int64) -> MonitoredReading {
        let (tick, sensor) = (number - 1).quotientAndRemainder(dividingBy: Int64(sensorCount))
        return reading(tick: Int(tick), sensor: Int(sensor))
    }

    private func reading(tick: Int, sensor: Int) -> MonitoredReading {
        let fault = Fault(sensor: sensor, tick: tick)
        var reading = MonitoredReading(
            id: Int64(tick) * Int64(sensorCount) + Int64(sensor) + 1,
            timestamp: time(ofTick: tick),
            sensorID: Self.id(sensor),
            anomalyType: fault?.type,
            schema: schema
        )
        if let fault { reading.changedMetrics = fault.metrics(of: schema) }
        guard fault?.type != .missingData else { return reading }
        let phase = Double(tick) / 90 + Double(sensor)
        let noise = { (stream: Int) in Double(Fault.hash(sensor, tick, stream) % 2_000) / 1_000 - 1 }
        let change = fault?.change ?? 0
        guard schema == .standard else {
            for metric in schema.all {
                let states = schema[metric].states.count
                let value = 100 + 10 * sin(phase + Double(metric.rawValue)) + noise(metric.rawValue) + 20 * change
                reading[metric] =
                    states > 0
                    ? FixedPoint(count: Int64((tick / 20 + sensor) % states), decimals: 0)
                    : FixedPoint(rounding: value, decimals: 1)
            }
            return reading
        }
        let values: [(Metric, Double, Int)] = [
            (.temperature, 21 + 3 * sin(phase) + 0.15 * noise(1) + 5 * change, 2),
            (.humidity, 55 - 8 * sin(phase + 0.3) + 0.6 * noise(2), 1),
            (.pressure, 1_013 + 4 * sin(phase / 3) + 0.1 * noise(3), 2),
            (.voltage, 3.3 - 0.05 * sin(phase / 5) + 0.004 * noise(4), 3),
        ]
        for (metric, value, decimals) in values {
            reading[metric] = FixedPoint(rounding: value, decimals: decimals)
        }
        return reading
    }
}

extension DatabaseStatistics {
    /// A small database.
    package static var sample: DatabaseStatistics {
        var statistics = DatabaseStatistics(totalReadings: 1_000)
        statistics.syncedReadings = 250
        statistics.anomalies = AnomalyCounts()
        statistics.files = [
            File(name: "sensor_data.db", bytes: 1_536_000), File(name: "sensor_data.db-wal", bytes: 4_096),
        ]
        statistics.tables = [Table(name: "sensor_data", rows: 1_000)]
        statistics.indexes = ["sensor_data_timestamp"]
        statistics.performance = Performance(
            commits: 40,
            readingsPerCommit: 25,
            commitDuration: .microseconds(1_300),
            retries: 0
        )
        return statistics
    }
}

extension MonitoredSensor {
    /// A sensor with everything known.
    package static var sample: MonitoredSensor {
        var sensor = MonitoredSensor(id: "LOAD_000001")
        sensor.city = "San Francisco"
        sensor.latitude = 37.7749
        sensor.longitude = -122.4194
        sensor.timezone = "America/Los_Angeles"
        sensor.firmwareVersion = "1.4"
        sensor.model = "EnvMonitor-3000"
        sensor.manufacturer = "SensorTech"
        return sensor
    }
}
