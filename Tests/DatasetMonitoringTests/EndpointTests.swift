import DatasetGen
import DatasetMonitoring
import Testing
import synthetic_monitor

/// What each endpoint says.
@Suite struct EndpointTests {
    @Test(arguments: [
        ("/healthz", ["status", "simulator_running", "database_healthy", "timestamp"]),
        (
            "/statusz",
            [
                "running", "readings_count", "error_count", "elapsed_seconds", "remaining_seconds",
                "readings_per_second", "sensor_id", "location", "firmware_version", "model", "manufacturer",
                "database_healthy", "memory_usage_mb", "configuration",
            ]
        ),
        ("/metricz", ["readings_count", "anomalies_count", "anomalies", "rates", "errors"]),
        ("/samplez", ["sensor_id", "count", "samples", "events"]),
        ("/fleet", ["metric", "sensors", "time", "anomalous", "rows", "columns", "pending"]),
        ("/history?sensor=LOAD_000001", ["begin", "end", "readings", "times", "metrics", "events"]),
        ("/sensorz", ["total", "matching", "sensors"]),
        (
            "/db_stats",
            [
                "total_readings", "database_size", "last_write", "indexes", "table_stats", "performance", "sync_status",
                "anomalies", "files",
            ]
        ),
    ])
    func hasItsKeys(path: String, keys: [String]) async throws {
        try await Served.run { server in
            let reply = try await server.ask(path)
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/json")
            for key in keys { #expect(reply.json[key] != nil, "\(key)") }
        }
    }

    @Test func statusAndDatabaseHaveTheirInnerKeys() async throws {
        try await Served.run { server in
            let location = try await server.ask("/statusz").json["location"]
            #expect(location?.members.map(\.key) == ["city", "latitude", "longitude", "timezone"])
            #expect(location?["longitude"] == .literal("-122.4194"))
            let database = try await server.ask("/db_stats").json
            #expect(database["database_size"]?["bytes"]?.integerValue == 1_540_096)
            #expect(database["database_size"]?["human_readable"] == "1.54 MB")
            #expect(database["sync_status"]?.members.map(\.key) == ["total", "synced", "unsynced", "sync_percentage"])
        }
    }

    @Test func healthIs503WithAProblem() async throws {
        var run = SyntheticRun()
        run.situation.isDatabaseHealthy = false
        run.situation.problems = ["the disk is full; 12 readings wait"]
        try await Served.run(run) { server in
            let reply = try await server.ask("/healthz")
            #expect(reply.status == 503)
            #expect(reply.json["status"] == "unhealthy")
            #expect(reply.json["database_healthy"] == .literal("false"))
            #expect(reply.json["problems"]?.elements == ["the disk is full; 12 readings wait"])
        }
    }

    @Test func degradedIsSaidWith200() async throws {
        var run = SyntheticRun()
        run.situation.isDatabaseHealthy = false
        run.situation.problems = [RunProblem("another program holds the database", severity: .degraded)]
        try await Served.run(run) { server in
            let reply = try await server.ask("/healthz")
            #expect(reply.status == 200 && reply.json["status"] == "degraded")
            let metrics = try await server.ask("/metrics").text
            #expect(metrics.contains("gen_dataset_healthy 0"))
        }
    }

    @Test(arguments: ["9007199254740991", "9007199254740992", "18446744073709551615"])
    func numbersThatBrowsersRoundAreText(number: String) async throws {
        var run = SyntheticRun()
        run.situation.configuration = ["dataset": ["seed": .literal(number), "share": .literal("0.25")]]
        try await Served.run(run) { server in
            let dataset = try await server.ask("/statusz").json["configuration"]?["dataset"]
            #expect(dataset?["seed"] == (number == "9007199254740991" ? .literal(number) : .string(number)))
            #expect(dataset?["share"] == .literal("0.25"))
        }
    }

    @Test func theRunBeganAtOneInstant() async throws {
        try await Served.run(SyntheticRun()) { server in
            var starts: Set<String> = []
            for _ in 0..<3 {
                let lines = try await server.ask("/metrics").text.split(separator: "\n")
                starts.insert(lines.first { $0.hasPrefix("gen_dataset_start_time_seconds ") }.map(String.init) ?? "")
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(starts.count == 1 && !starts.contains(""))
        }
    }

    @Test func sumsOfLatenessMayBeBeyondAllDurations() async throws {
        var run = SyntheticRun()
        run.latenessSum = 1e25
        try await Served.run(run) { server in
            let metrics = try await server.ask("/metrics").text
            #expect(metrics.contains("gen_dataset_lateness_seconds_sum 1e+25"))
            let json = try await server.ask("/metricz")
            #expect(json.status == 200)
        }
    }

    @Test func samplesAreTheLastTenOrWhatIsAskedFor() async throws {
        try await Served.run(SyntheticRun(sensors: 3, interval: 1_000)) { server in
            let all = try await server.ask("/samplez").json["samples"]?.elements ?? []
            #expect(all.count == 10)
            let ids = all.compactMap { $0["id"]?.integerValue }
            #expect(ids == Array(ids[0]..<ids[0] + 10))
            let keys = (Column.leading + MetricSchema.standard.metrics.map { .metric($0) } + Column.labels).map(\.name)
            #expect(all[0].members.map(\.key) == keys)

            let one = try await server.ask("/samplez?sensor=LOAD_000002&limit=7").json
            #expect(one["sensor_id"] == "LOAD_000002")
            #expect(one["count"]?.integerValue == 7)
            #expect(one["samples"]?.elements.allSatisfy { $0["sensor_id"] == "LOAD_000002" } == true)
            let last = try #require(one["samples"]?.elements[3]["id"]?.integerValue)
            let later = try await server.ask("/samplez?sensor=LOAD_000002&limit=7&after=\(last)").json["samples"]
            #expect(later?.elements.compactMap { $0["id"]?.integerValue }.min() == last + 3)
        }
    }

    @Test func readingsHaveTheMetricsOfTheRun() async throws {
        var run = SyntheticRun(interval: 1_000)
        run.schema = try .synthetic(6)
        try await Served.run(run) { server in
            let samples = try await server.ask("/samplez?limit=200").json["samples"]?.elements ?? []
            let columns = Column.leading + run.schema.metrics.map { .metric($0) } + Column.labels
            #expect(samples.allSatisfy { $0.members.map(\.key) == columns.map(\.name) })
            let texts = Set(samples.compactMap { $0["door"]?.stringValue })
            #expect(texts == ["closed", "open", "wide open, with a stone"])
            #expect(samples.contains { $0["door"] == .null && $0["anomaly_type"] == "missing_data" })
            #expect(samples.contains { ($0["co2"]?.doubleValue ?? 0) > 80 })
            let metrics = try await server.ask("/statusz").json["metrics"]?.elements ?? []
            #expect(metrics.compactMap { $0["name"]?.stringValue } == run.schema.metrics.map(\.name))
            #expect(metrics[0]["unit"] == "ppm" && metrics[0]["states"] == .null)
            #expect(metrics[1]["unit"] == .null && metrics[1]["states"]?.elements.count == 3)
        }
    }

    @Test func eventsNameTheMetricsThatTheyChange() async throws {
        try await Served.run(SyntheticRun(interval: 1_000)) { server in
            let reply = try await server.ask("/samplez?sensor=LOAD_000001&limit=1000").json
            let samples = reply["samples"]?.elements ?? []
            let events = reply["events"]?.elements ?? []
            #expect(events.count > 5)
            var anomalous = 0
            for event in events {
                let first = try #require(event["first_id"]?.integerValue)
                let last = try #require(event["last_id"]?.integerValue)
                let type = try #require(event["anomaly_type"]?.stringValue)
                let own = samples.filter { (first...last).contains($0["id"]?.integerValue ?? 0) }
                #expect(own.allSatisfy { $0["anomaly_type"] == .string(type) })
                anomalous += own.count
                let all = type == "missing_data" ? ["temperature", "humidity", "pressure", "voltage"] : ["temperature"]
                #expect(event["metrics"]?.elements == all.map { .string($0) })
            }
            #expect(anomalous == samples.filter { $0["anomaly_type"] != .null }.count)
        }
    }

    @Test func sensorsAreFoundAmongManyByAPartOfTheirID() async throws {
        try await Served.run(SyntheticRun(sensors: 100_000)) { server in
            let reply = try await server.ask("/sensorz?q=load_0999&limit=3")
            #expect(reply.json["sensors"]?.elements == ["LOAD_099900", "LOAD_099901", "LOAD_099902"])
            #expect(reply.json["matching"]?.integerValue == 100)
            #expect(reply.json["total"]?.integerValue == 100_000)
            #expect(try await server.ask("/sensorz?q=%22nothing%22").json["matching"]?.integerValue == 0)
        }
    }

    @Test func aRunWithoutADatabaseSaysSo() async throws {
        var run = SyntheticRun()
        run.database = nil
        try await Served.run(run) { server in
            let reply = try await server.ask("/db_stats")
            #expect(reply.status == 404)
            #expect(reply.json["error"] == "no_database")
            #expect(try await server.ask("/metrics").status == 200)
        }
    }

    @Test func headIsGetWithoutABody() async throws {
        try await Served.run { server in
            for path in ["/", "/healthz", "/statusz", "/metrics", "/openapi.json"] {
                let (head, get) = (try await server.ask(path, method: "HEAD"), try await server.ask(path))
                #expect(head.status == 200)
                #expect(head.headers["content-type"] == get.headers["content-type"])
                #expect(head.headers["content-length"].flatMap(Int.init) ?? 0 > 0)
            }
            // Nothing follows the head: the next answer on the same connection is in its place.
            let connection = try RawConnection(port: server.port)
            connection.send(Served.request("/healthz", method: "HEAD") + Served.request("/nowhere"))
            #expect(await connection.reply(hasBody: false)?.status == 200)
            #expect(await connection.reply()?.status == 404)
        }
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW"])
    func otherMethodsAreRefused(method: String) async throws {
        try await Served.run { server in
            let reply = try await server.ask("/statusz", method: method)
            #expect(reply.status == 405)
            #expect(reply.headers["allow"] == "GET, HEAD")
            #expect(reply.json["error"] == "method_not_allowed")
        }
    }

    @Test(arguments: ["/nowhere", "/healthz/", "/HEALTHZ", "//healthz", "/../etc/passwd", "/%68ealthz", "*"])
    func unknownPathsAreNotFound(path: String) async throws {
        try await Served.run { server in
            let reply = try await server.ask(path)
            #expect(reply.status == 404)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(reply.json["message"]?.stringValue?.contains("/healthz") == true)
        }
    }

    @Test(arguments: [
        ("/samplez?limit=0", "limit must be a whole number from 1 to 1000"),
        ("/samplez?limit=1001", "limit must be a whole number from 1 to 1000"),
        ("/samplez?limit=ten", "limit must be a whole number from 1 to 1000"),
        ("/samplez?limit=%2B5", "limit must be a whole number from 1 to 1000"),
        ("/samplez?limit=", "limit must be a whole number from 1 to 1000"),
        ("/samplez?limit=1&limit=2", "limit is given twice"),
        ("/samplez?after=-1", "after must be a whole number from 0"),
        ("/samplez?after=99999999999999999999", "after must be a whole number from 0"),
        ("/samplez?sensor=", "sensor must be a sensor's id of 1 to 200 characters"),
        ("/samplez?sensor=%FF%FE", "sensor must be a sensor's id of 1 to 200 characters"),
        ("/samplez?sensor=%00", "sensor must be a sensor's id of 1 to 200 characters"),
        ("/samplez?sensor=%4", "sensor must be a sensor's id of 1 to 200 characters"),
        ("/samplez?colour=red", "the parameters of /samplez are sensor, limit, after"),
        ("/statusz?token=hush", "/statusz takes no parameters"),
        ("/?token=hush", "/ takes no parameters"),
    ])
    func wrongQueriesSayWhatIsRight(path: String, message: String) async throws {
        try await Served.run { server in
            let reply = try await server.ask(path)
            #expect(reply.status == 400)
            #expect(reply.json == ["error": "bad_query", "message": .string(message)])
        }
    }

    @Test func aSectionOfTheRecipeBecomesTheConfiguration() {
        var section = MonitoringParameters()
        #expect(MonitoringConfiguration(section).host == "127.0.0.1")
        section.host = "0.0.0.0"
        section.port = 9_000
        section.metricsIntervalSeconds = 1.5
        section.healthCheckPath = "/live"
        section.enablesPrometheus = false
        section.readingSeriesLimit = 12
        let configuration = MonitoringConfiguration(section)
        #expect(configuration.host == "0.0.0.0")
        #expect(configuration.port == 9_000)
        #expect(configuration.metricsInterval == .milliseconds(1_500))
        #expect(configuration.healthPath == "/live")
        #expect(!configuration.offersPrometheus)
        #expect(configuration.readingSeriesLimit == 12)
    }

    @Test func unknownSensorsAreNotFound() async throws {
        try await Served.run { server in
            let reply = try await server.ask("/samplez?sensor=NOBODY")
            #expect(reply.status == 404)
            #expect(reply.json["error"] == "unknown_sensor")
        }
    }

    @Test func pathsOfTheRecipeAnswerBesideTheUsualOnes() async throws {
        try await Served.run {
            $0.healthPath = "/live"
            $0.metricsPath = "/numbers"
            $0.offersPrometheus = false
        } test: { server in
            for path in ["/live", "/healthz"] {
                let reply = try await server.ask(path)
                #expect(reply.json["status"] == "healthy")
            }
            #expect(try await server.ask("/numbers").json["readings_count"] != nil)
            #expect(try await server.ask("/metrics").status == 404)
        }
    }
}
