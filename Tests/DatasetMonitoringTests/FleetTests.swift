import DatasetGen
import DatasetMonitoring
import Testing
import synthetic_monitor

/// `/fleet`: who is anomalous, and how a metric is spread over the sensors in time.
@Suite struct FleetTests {
    @Test func namesWhoIsAnomalousNow() async throws {
        let run = SyntheticRun(sensors: 500, interval: 1_000)
        try await Served.run(run) { server in
            let fleet = try await server.ask("/fleet?limit=1000&columns=1").json
            let current = await run.currentReadings()
            let expected = current.filter { $0.anomalyType != nil }
            #expect(expected.count > 3)
            let listed = fleet["anomalous"]?["sensors"]?.elements ?? []
            #expect(listed.compactMap { $0["sensor_id"]?.stringValue } == expected.map(\.sensorID))
            #expect(
                listed.compactMap { $0["anomaly_type"]?.stringValue } == expected.compactMap { $0.anomalyType?.name }
            )
            #expect(listed.map { $0["value"]?.doubleValue } == expected.map { $0[.temperature]?.double })
            #expect(fleet["anomalous"]?["count"]?.integerValue == Int64(expected.count))
            let counted = fleet["anomalous"]?["by_type"]?.members.compactMap(\.value.integerValue).reduce(0, +)
            #expect(counted == Int64(expected.count))
            #expect(fleet["reporting"]?.integerValue == 500 && fleet["sensors"]?.integerValue == 500)
            let three = try await server.ask("/fleet?limit=3&columns=1").json["anomalous"]
            #expect(three?["sensors"]?.elements.count == 3 && three?["count"] == fleet["anomalous"]?["count"])
        }
    }

    @Test(arguments: [(1, 1), (100, 100), (1_000, 128)])
    func columnsHaveAMeanForEachRow(sensors: Int, rows: Int) async throws {
        let run = SyntheticRun(sensors: sensors, interval: 10)
        try await Served.run(run) { server in
            let fleet = try await server.ask("/fleet?metric=humidity&step=60&columns=5").json
            #expect(fleet["metric"] == "humidity" && fleet["step_seconds"]?.integerValue == 60)
            let stretches = fleet["rows"]?.elements ?? []
            #expect(stretches.count == rows)
            #expect(stretches.compactMap { $0["sensors"]?.integerValue }.reduce(0, +) == Int64(sensors))
            #expect(stretches.first?["first"] == "LOAD_000001")
            let columns = fleet["columns"]?.elements ?? []
            #expect(columns.count == 5 && fleet["pending"]?.integerValue == 0)
            for column in columns {
                let text = try #require(column["time"]?.stringValue)
                let time = try #require(SimulatedTime(parsing: text))
                #expect(time.microseconds % 60_000_000 == 0)
                let instant = try #require(await run.fleet(.humidity, at: [time]).first)
                let first = instant.values[0..<max(1, sensors / rows)].filter { !$0.isNaN }
                let mean = column["means"]?.elements.first?.doubleValue
                let expected = first.isEmpty ? nil : first.reduce(0, +) / Double(first.count)
                #expect(mean == nil ? expected == nil : abs((mean ?? 0) - (expected ?? 0)) < 0.01)
                let anomalous = column["anomalous"]?.elements.compactMap(\.integerValue) ?? []
                #expect(anomalous.count == rows && anomalous.reduce(0, +) == Int64(instant.labels.count { $0 != 0 }))
                let percentiles = column["percentiles"]?.elements.compactMap(\.doubleValue) ?? []
                #expect(
                    percentiles.isEmpty == instant.values.allSatisfy(\.isNaN) && percentiles == percentiles.sorted()
                )
                let below = instant.values.filter { $0 <= (percentiles.dropFirst(2).first ?? 0) + 0.001 }.count
                #expect(percentiles.isEmpty || abs(below * 2 - instant.values.count { !$0.isNaN }) <= sensors / 10 + 2)
            }
        }
    }

    @Test func onlyWhatIsNewIsTold() async throws {
        try await Served.run(SyntheticRun(sensors: 10, interval: 10)) { server in
            let all = try await server.ask("/fleet?step=60&columns=10").json["columns"]?.elements ?? []
            #expect(all.count == 10)
            let third = try #require(all[2]["time"]?.stringValue)
            let later = try await server.ask("/fleet?step=60&columns=10&since=\(third)").json["columns"]?.elements
            #expect(later == Array(all[3...]))
        }
    }

    /// However large the fleet is, an answer computes only so many readings, and says what is still to come.
    @Test func largeFleetsComeInParts() async throws {
        try await Served.run(SyntheticRun(sensors: 20_000, interval: 10)) { server in
            var pending: [Int64] = []
            var size = 0
            repeat {
                let reply = try await server.ask("/fleet?step=60&columns=20&limit=1")
                pending.append(try #require(reply.json["pending"]?.integerValue))
                size = max(size, reply.body.count)
                #expect(reply.json["columns"]?.elements.count == 20 - Int(pending.last ?? 0))
                try await Task.sleep(for: .milliseconds(50))
            } while pending.last ?? 0 > 0
            #expect(pending.first == 8 && pending == pending.sorted(by: >))
            #expect(size < 60_000)
        }
    }

    @Test func statesAreNoMetricOfTheFleet() async throws {
        var run = SyntheticRun(sensors: 3, interval: 10)
        run.schema = try .synthetic(3)
        try await Served.run(run) { server in
            let reply = try await server.ask("/fleet?metric=door")
            #expect(reply.status == 400)
            #expect(reply.json["message"] == "metric must be one of co2, metric_2")
            #expect(try await server.ask("/fleet").json["metric"] == "co2")
        }
        run.schema = try MetricSchema([MetricSchema.synthetic(2).metrics[1]])
        try await Served.run(run) { server in
            let fleet = try await server.ask("/fleet?columns=3&step=60").json
            #expect(fleet["metric"] == .null)
            #expect(fleet["columns"]?.elements.allSatisfy { $0["percentiles"] == .null } == true)
            #expect(fleet["columns"]?.elements.count == 3)
        }
    }

    @Test(arguments: [
        ("/fleet?metric=nothing", "metric must be one of temperature, humidity, pressure, voltage"),
        ("/fleet?step=0", "step must be a whole number of seconds from 1 to 604800"),
        ("/fleet?columns=241", "columns must be a whole number from 1 to 240"),
        ("/fleet?since=yesterday", "since must be a time such as 2026-01-31T12:00:00Z"),
        ("/fleet?sensor=LOAD_000001", "the parameters of /fleet are metric, step, columns, since, limit"),
    ])
    func wrongQueriesSayWhatIsRight(path: String, message: String) async throws {
        try await Served.run { server in
            let reply = try await server.ask(path)
            #expect(reply.status == 400)
            #expect(reply.json["message"] == .string(message))
        }
    }
}
