import DatasetGen
import DatasetMonitoring
import Foundation
import Testing
import synthetic_monitor

/// The sensors' current readings in what Prometheus scrapes.
@Suite struct CurrentReadingTests {
    /// The samples by what stands before their value.
    private func samples(
        of run: SyntheticRun,
        configure: (inout MonitoringConfiguration) -> Void = { _ in }
    ) async throws -> [String: Double] {
        let text = try await Served.run(run, configure: configure) { try await $0.ask("/metrics").text }
        let pairs = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { line -> (String, Double) in
                let value = line.lastIndex(of: " ")!
                return (String(line[..<value]), Double(line[line.index(after: value)...])!)
            }
        #expect(Set(pairs.map(\.0)).count == pairs.count, "a series stands twice")
        return Dictionary(pairs) { first, _ in first }
    }

    @Test func eachMetricOfEachSensorIsASeries() async throws {
        let run = SyntheticRun(sensors: 100, interval: 1_000)
        let samples = try await samples(of: run)
        let readings = await run.currentReadings()
        #expect(readings.contains { $0.anomalyType == .missingData } && readings.contains { $0.anomalyType == nil })
        let names = [
            "gen_dataset_reading_temperature_celsius", "gen_dataset_reading_humidity_percent",
            "gen_dataset_reading_pressure_hectopascals", "gen_dataset_reading_voltage_volts",
        ]
        for reading in readings {
            let sensor = "{sensor_id=\"\(reading.sensorID)\"}"
            for (metric, name) in names.enumerated() {
                // NULL is no series.
                #expect(samples[name + sensor] == reading[Metric(rawValue: metric)]?.double)
            }
            #expect(samples["gen_dataset_sensor_anomalous" + sensor] == (reading.anomalyType == nil ? 0 : 1))
        }
        #expect(samples["gen_dataset_sensor_series"] == 500)
        #expect(samples["gen_dataset_sensor_series_limit"] == 10_000)
    }

    @Test func aStateIsASeriesForEachOfItsTexts() async throws {
        var run = SyntheticRun(sensors: 60, interval: 1_000)
        run.schema = try .synthetic(2)
        let samples = try await samples(of: run)
        for reading in await run.currentReadings() {
            let values = run.schema.metrics[1].states
                .map { samples["gen_dataset_reading_door{sensor_id=\"\(reading.sensorID)\",state=\"\($0)\"}"] }
            if let state = reading.state(Metric(rawValue: 1)) {
                #expect(values == run.schema.metrics[1].states.map { $0 == state ? 1 : 0 })
            } else {
                #expect(values == [nil, nil, nil])
            }
        }
        #expect(samples["gen_dataset_sensor_series"] == 300)
    }

    @Test func aMetricThatFewSensorsMeasureIsAsManySeries() async throws {
        var run = SyntheticRun(sensors: 60)
        run.situation.measuringSensors = [60, 10, 0, 60]
        #expect(try await samples(of: run)["gen_dataset_sensor_series"] == 190)
    }

    @Test(arguments: [(300, true), (299, false), (0, false)])
    func whatNeedsMoreThanTheLimitIsNotThere(limit: Int, isThere: Bool) async throws {
        let samples = try await samples(of: SyntheticRun(sensors: 60)) { $0.readingSeriesLimit = limit }
        #expect(samples.keys.contains { $0.hasPrefix("gen_dataset_reading_") } == isThere)
        #expect(samples["gen_dataset_sensor_series"] == 300)
        #expect(samples["gen_dataset_sensor_series_limit"] == Double(limit))
    }

    @Test func noTwoMetricsShareAName() async throws {
        let names = [
            ("load", "W"), ("load_watts", ""), ("load_watts_watts", "W"), ("watts", "W"), ("heat", "furlongs"),
        ]
        var run = SyntheticRun()
        run.schema = try MetricSchema(
            names.map { name, unit in
                MetricDescription(
                    name: name,
                    unit: unit,
                    summary: "A \"\\\"\nmetric",
                    resolution: Resolution(step: 1, decimals: 1),
                    limits: 0...5_000,
                    model: .process
                )
            }
        )
        let text = try await Served.run(run) { try await $0.ask("/metrics").text }
        let families = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE gen_dataset_reading_") }
            .map { $0.split(separator: " ")[2].dropFirst("gen_dataset_reading_".count) }
        #expect(families == ["load", "load_watts", "load_watts_watts", "watts_watts", "heat"])
        #expect(text.contains(#"# HELP gen_dataset_reading_load A "\\"\nmetric in W, as the sensor reports it now."#))
    }

    @Test(.enabled(if: Tool("promtool") != nil, "promtool is not installed (Debian package prometheus)"))
    func theAlertsOfTheDocumentationFire() throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).appending(path: "../../../docs/monitoring.md").standardized,
            encoding: .utf8
        )
        let begin = try #require(page.range(of: "```yaml\n# alerts.yml\n"))
        let end = try #require(page[begin.upperBound...].range(of: "```"))
        let rules = page[begin.upperBound..<end.lowerBound]
        let folder = NSTemporaryDirectory() + "alerts-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try String(rules).write(toFile: folder + "/alerts.yml", atomically: true, encoding: .utf8)
        try Self.scenario.write(toFile: folder + "/scenario.yml", atomically: true, encoding: .utf8)
        let promtool = try #require(Tool("promtool"))
        let (status, output) = try promtool.run(["test", "rules", folder + "/scenario.yml"], input: "")
        #expect(status == 0, "\(output)")
    }

    /// A sensor that is too warm from the third minute on, another that falls silent, and a door that stays open.
    private static let scenario = """
        rule_files: [alerts.yml]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - {series: 'gen_dataset_reading_temperature_celsius{sensor_id="S_000001"}', values: '4 4 4 9.5x12'}
              - {series: 'gen_dataset_reading_temperature_celsius{sensor_id="S_000002"}', values: '4x3 _x12'}
              - {series: 'gen_dataset_sensor_anomalous{sensor_id="S_000001"}', values: '0x15'}
              - {series: 'gen_dataset_sensor_anomalous{sensor_id="S_000002"}', values: '0x3 1x12'}
              - {series: 'gen_dataset_reading_door{sensor_id="S_000001",state="open"}', values: '0x2 1x12'}
            alert_rule_test:
              - {alertname: TooWarm, eval_time: 6m}
              - alertname: TooWarm
                eval_time: 8m
                exp_alerts:
                  - {exp_labels: {sensor_id: S_000001}, exp_annotations: {summary: S_000001 is at 9.5 °C}}
              - {alertname: NoTemperature, eval_time: 3m}
              - alertname: NoTemperature
                eval_time: 14m
                exp_alerts: [{exp_labels: {sensor_id: S_000002}}]
              - {alertname: DoorOpen, eval_time: 5m}
              - alertname: DoorOpen
                eval_time: 9m
                exp_alerts: [{exp_labels: {sensor_id: S_000001, state: open}}]
        """
}
