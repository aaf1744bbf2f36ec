import DatasetGen
import DatasetMonitoring
import Testing
import synthetic_monitor

/// `/history`: a stretch of a sensor's readings.
@Suite struct HistoryTests {
    /// A run whose newest reading is the thousandth or so, and stays so.
    private let run = SyntheticRun(sensors: 3, interval: 1_000)

    private func values(_ history: JSONValue, _ metric: String, _ which: String) -> [Double?] {
        history["metrics"]?[metric]?[which]?.elements.map(\.doubleValue) ?? []
    }

    @Test func singleReadingsAreWhatTheyAre() async throws {
        try await Served.run(run) { server in
            let history = try await server.ask("/history?sensor=LOAD_000002&points=100").json
            #expect(history["readings"]?.integerValue == 100 && history["readings_per_point"]?.integerValue == 1)
            let samples = try await server.ask("/samplez?sensor=LOAD_000002&limit=100").json["samples"]?.elements ?? []
            for metric in ["temperature", "voltage"] {
                #expect(values(history, metric, "least") == samples.map { $0[metric]?.doubleValue })
                #expect(values(history, metric, "greatest") == values(history, metric, "least"))
            }
            let times = history["times"]?.elements.compactMap(\.stringValue) ?? []
            let instants = samples.compactMap { $0["timestamp"]?.stringValue }.map { SimulatedTime(parsing: $0) }
            #expect(times.map { SimulatedTime(parsing: $0) } == instants)
            #expect(history["interval_seconds"]?.doubleValue == 1_000)
        }
    }

    /// A point keeps what is least and greatest: no spike gets lost, however long the stretch.
    @Test(arguments: [7, 50])
    func pointsKeepSpikes(points: Int) async throws {
        let all = try #require(await run.history(of: "LOAD_000001", HistoryRequest(points: 1_001, longest: 10_000)))
        let (begin, end) = (try #require(all.begin), try #require(all.end))
        try await Served.run(run) { server in
            let path = "/history?sensor=LOAD_000001&points=\(points)&from=\(begin.zonedText)"
            let history = try await server.ask(path).json
            let count = try #require(history["readings"]?.integerValue)
            let length = Int(try #require(history["readings_per_point"]?.integerValue))
            #expect(count == 1_001 && (length - 1) * points < 1_001 && length * points >= 1_001)
            #expect(history["begin"] == .string(begin.zonedText) && history["end"] == .string(end.zonedText))
            let readings = try #require(all.points).map { $0.metrics[0] }
            let stretches = stride(from: 0, to: readings.count, by: length)
                .map { readings[$0..<min($0 + length, readings.count)].compactMap { $0 } }
            #expect(values(history, "temperature", "least") == stretches.map { $0.map(\.least).min() })
            #expect(values(history, "temperature", "greatest") == stretches.map { $0.map(\.greatest).max() })
        }
    }

    @Test func stretchesAreHalfOpen() async throws {
        let all = try #require(await run.history(of: "LOAD_000001", HistoryRequest(points: 20, longest: 100)))
        let times = try #require(all.points).map(\.time.zonedText)
        try await Served.run(run) { server in
            let path = "/history?sensor=LOAD_000001&from=\(times[3])&to=\(times[7])"
            let history = try await server.ask(path).json
            #expect(history["times"]?.elements == times[3..<7].map { .string($0) })
            let past = try await server.ask("/history?sensor=LOAD_000001&to=2001-01-01").json
            #expect(past["readings"]?.integerValue == 0 && past["times"]?.elements.isEmpty == true)
            #expect(past["begin"]?.stringValue != nil)
        }
    }

    @Test func statesAreTexts() async throws {
        var run = run
        run.schema = try .synthetic(2)
        try await Served.run(run) { server in
            let metrics = try await server.ask("/history?sensor=LOAD_000001&points=30").json["metrics"]
            let states = metrics?["door"]?["states"]?.elements ?? []
            #expect(states.count == 30)
            #expect(Set(states.compactMap(\.stringValue)).isSubset(of: ["closed", "open", "wide open, with a stone"]))
        }
    }

    /// A recipe may change between the status and the readings, and its metrics with it.
    @Test func metricsAreThoseOfTheReadings() async throws {
        var run = run
        run.schema = try .synthetic(2)
        let names = run.schema.metrics.map(\.name)
        for earlier in try [MetricSchema.standard, .synthetic(1)] {
            run.earlierSchema = earlier
            try await Served.run(run) { server in
                let history = try await server.ask("/history?sensor=LOAD_000001&points=30").json
                #expect(history["metrics"]?.members.map(\.key) == names)
                #expect(history["metrics"]?["door"]?["states"]?.elements.count == 30)
            }
        }
    }

    @Test(arguments: [
        ("/history?sensor=NOBODY", 404, "this run has no such sensor; /sensorz?q= finds those that it has"),
        ("/history?sensor=LOAD_000001&points=2001", 400, "points must be a whole number from 1 to 2000"),
        ("/history?sensor=LOAD_000001&from=soon", 400, "from must be a time such as 2026-01-31T12:00:00Z"),
        ("/history?sensor=LOAD_000001&from=2026-01-02&to=2026-01-02", 400, "from must be before to"),
    ])
    func wrongQueriesSayWhatIsRight(path: String, status: Int, message: String) async throws {
        try await Served.run(run) { server in
            let reply = try await server.ask(path)
            #expect(reply.status == status)
            #expect(reply.json["message"] == .string(message))
        }
    }

    @Test func manyMetricsHaveFewerPoints() async throws {
        var run = SyntheticRun(interval: 1_000)
        run.schema = try .synthetic(64)
        try await Served.run(run) { server in
            let reply = try await server.ask("/history?points=2000&from=2001-01-01")
            #expect(reply.json["times"]?.elements.count ?? 0 > 500 && reply.json["sensor_id"] == "LOAD_000001")
            #expect(reply.json["readings_per_point"]?.integerValue == 2)
        }
    }

    @Test func longStretchesAreRefused() async throws {
        try await Served.run(SyntheticRun(interval: 1e-6)) { server in
            try await Task.sleep(for: .milliseconds(1_100))
            let reply = try await server.ask("/history?from=2001-01-01")
            #expect(reply.status == 400)
            #expect(
                reply.json["message"]?.stringValue?.contains("; at most 1000000, which are 1s of this sensor") == true
            )
        }
    }
}
