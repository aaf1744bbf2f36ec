import Foundation
import Testing

@Suite("A run that is monitored", .timeLimit(.minutes(30)))
struct MonitoredRunTests {
    private let workspace: Workspace
    /// Nobody else's, most probably.
    private let port = Int.random(in: 20_000..<32_000)

    init() throws {
        workspace = try Workspace()
    }

    /// Writes a recipe whose monitoring has these members.
    private func write(monitoring: String) throws {
        let recipe = """
            dataset: {name: watched, seed: 5}
            replicas: {count: 20, prefix: S}
            simulation: {readings_per_second: 10}
            anomalies: {probability: 0.2}
            monitoring: {\(monitoring)}
            """
        try workspace.write(recipe, to: "live.yaml")
    }

    /// Asks until the answer has the text.
    private func wait(for text: String, at path: String, port: Int? = nil, options: String = "") throws -> String {
        try workspace.answer(with: text, at: path, port: port ?? self.port, options: options)
    }

    @Test("answers from its first second to its last, with what its database holds")
    func live() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--backfill", "1m")
        // It has its name once it has read its recipe.
        let status = try wait(for: #""name":"watched""#, at: "/statusz")
        #expect(status.contains(#""mode":"live""#) && status.contains(#""running":true"#))
        #expect(status.contains(#""planned_readings":null"#) && status.contains(#""version":1"#))
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        _ = try wait(for: #""lateness_seconds":{"median":0"#, at: "/metricz")
        _ = try wait(for: #""anomalies":{"spike":"#, at: "/db_stats")
        #expect(try wait(for: #""count":3"#, at: "/samplez?sensor=S_000007&limit=3").contains("S_000007"))
        _ = try wait(for: "404", at: "/samplez?sensor=nobody")
        _ = try wait(for: "gen_dataset_running 1", at: "/metrics")
        let shown = try workspace.shell("curl -s localhost:\(port)/samplez?limit=100")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        struct Samples: Decodable {
            struct Sample: Decodable, Equatable {
                var id: Int
                var sensor_id: String
                var temperature: Double?
                var anomaly_type: String?
            }
            var samples: [Sample]
        }
        let samples = try JSONDecoder().decode(Samples.self, from: Data(shown.output.utf8)).samples
        #expect(samples.count > 50)
        let stored: [Samples.Sample] = try workspace.query(
            "SELECT id, sensor_id, temperature, anomaly_type FROM sensor_data WHERE id >= \(samples[0].id) ORDER BY id",
            of: "data/sensor_data.db"
        )
        #expect(samples == Array(stored.prefix(samples.count)))
    }

    /// A time of the database as answers have it.
    private static func zoned(_ time: String) -> String {
        (time.hasSuffix(".000000") ? String(time.dropLast(7)) : time) + "Z"
    }

    @Test("shows its fleet and the history of its sensors as its database holds them")
    func fleetAndHistory() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--backfill", "2m")
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        // A thousand readings are most of the backfill.
        let url = "localhost:\(port)/history?sensor=S_000007&points=50&from=2001-01-01"
        var historyText = ""
        for _ in 0..<300 where !historyText.contains(/"interval_seconds":0.1,"readings":\d{4}/) {
            Thread.sleep(forTimeInterval: 0.2)
            historyText = try workspace.shell("curl -s '\(url)'").output
        }
        let fleetText = try wait(for: #""pending":0"#, at: "/fleet?step=7&columns=12").drop { $0 != "{" }
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)

        struct Reading: Decodable {
            var timestamp: String
            var temperature: Double?
            var anomaly_type: String?
        }
        struct History: Decodable {
            struct Metric: Decodable { var least, greatest: [Double?] }
            struct Event: Decodable { var readings: Int }
            var readings, readings_per_point: Int
            var times: [String]
            var metrics: [String: Metric]
            var events: [Event]
        }
        let history = try JSONDecoder().decode(History.self, from: Data(historyText.utf8))
        let all: [Reading] = try workspace.query(
            "SELECT timestamp, temperature, anomaly_type FROM sensor_data WHERE sensor_id = 'S_000007' ORDER BY id",
            of: "data/sensor_data.db"
        )
        #expect(history.readings >= 1_000 && history.readings <= all.count)
        let (shown, length) = (all.prefix(history.readings), history.readings_per_point)
        let points = stride(from: 0, to: shown.count, by: length).map { shown[$0..<min($0 + length, shown.count)] }
        #expect(history.times == points.map { Self.zoned($0[$0.startIndex].timestamp) })
        let metric = try #require(history.metrics["temperature"])
        #expect(metric.least == points.map { $0.compactMap(\.temperature).min() })
        #expect(metric.greatest == points.map { $0.compactMap(\.temperature).max() })
        #expect(history.events.map(\.readings).reduce(0, +) == shown.count { $0.anomaly_type != nil })

        struct Column: Decodable {
            var time: String
            var means: [Double?]
            var anomalous: [Int]
        }
        struct Fleet: Decodable { var columns: [Column] }
        let fleet = try JSONDecoder().decode(Fleet.self, from: Data(fleetText.utf8))
        #expect(fleet.columns.count == 12)
        for column in fleet.columns {
            let stored: [Reading] = try workspace.query(
                """
                SELECT max(timestamp) AS timestamp, temperature, anomaly_type FROM sensor_data
                WHERE timestamp <= '\(column.time.dropLast()).000000' GROUP BY sensor_id ORDER BY sensor_id
                """,
                of: "data/sensor_data.db"
            )
            #expect(stored.count == 20)
            #expect(column.anomalous == stored.map { $0.anomaly_type == nil ? 0 : 1 })
            for (mean, reading) in zip(column.means, stored) {
                #expect(mean.map { abs($0 - (reading.temperature ?? .nan)) < 0.001 } ?? (reading.temperature == nil))
            }
        }
    }

    @Test("shows metrics that its recipe declares, as its database holds them")
    func declaredMetrics() throws {
        let recipe = """
            dataset: {name: watched, seed: 5}
            replicas: {count: 20, prefix: S}
            simulation: {readings_per_second: 1}
            anomalies: {probability: 0.2}
            metrics:
              co2: {unit: ppm, resolution: 1, mean: 650, std_dev: 120, min: 400}
              door: {model: state, states: {closed: 0.7, open: 0.3}, dwell: 10s}
            monitoring: {enabled: true, port: \(port)}
            """
        try workspace.write(recipe, to: "live.yaml")
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--backfill", "1m")
        _ = try wait(for: "gen_dataset_reading_co2_ppm{sensor_id=\"S_0000", at: "/metrics")
        let prometheus = try wait(for: #"",state="open"} 1"#, at: "/metrics")
        #expect(prometheus.contains("gen_dataset_sensor_series 80\n"))
        let status = try wait(for: #""states":["closed","open"]"#, at: "/statusz")
        #expect(status.contains(#""name":"co2","unit":"ppm""#))
        let shown = try workspace.shell("curl -s localhost:\(port)/samplez?limit=100")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        struct Samples: Decodable {
            struct Sample: Decodable, Equatable {
                var id: Int
                var co2: Double?
                var door: String?
            }
            var samples: [Sample]
        }
        let samples = try JSONDecoder().decode(Samples.self, from: Data(shown.output.utf8)).samples
        #expect(samples.count > 50)
        let stored: [Samples.Sample] = try workspace.query(
            "SELECT id, co2, door FROM sensor_data WHERE id >= \(samples[0].id) ORDER BY id",
            of: "data/sensor_data.db"
        )
        #expect(samples == Array(stored.prefix(samples.count)))
    }

    @Test("wants its token, which nothing shows, and moves to another port while it runs")
    func tokenAndReload() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let environment = ["MONITORING_TOKEN": "sesame-0815"]
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-v", environment: environment)
        _ = try wait(for: "401", at: "/statusz")
        let options = "-H 'Authorization: Bearer sesame-0815'"
        let status = try wait(for: "200 OK", at: "/statusz", options: options)
        #expect(!status.contains("sesame"))
        let other = port + 1
        try write(monitoring: "enabled: true, port: \(other)")
        _ = try wait(for: "200 OK", at: "/statusz", port: other, options: options)
        // The old server ends once the new one listens.
        try waitForSilence(at: port)
        try write(monitoring: "enabled: false")
        try waitForSilence(at: other)
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(outcome.status == 0)
        #expect(!outcome.errors.contains("sesame") && !outcome.output.contains("sesame"))
        #expect(try !workspace.shell("grep -c sesame data/sensor_data.db").output.contains("1"))
    }

    /// Waits until nobody listens.
    private func waitForSilence(at port: Int) throws {
        try CommandLineTests.wait(or: "port \(port) is still answered") {
            try workspace.shell("curl -s localhost:\(port)/healthz").status == 0 ? nil : ()
        }
    }

    @Test("counts from the beginning of the run, also after a restart")
    func restarts() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        struct Metrics: Decodable {
            var readings_count: Int
            var anomalies_count: Int
            var anomaly_rate: Double
            var elapsed_seconds: Double
            var rates: Rates
            struct Rates: Decodable { var average_readings_per_second: Double }
        }
        var starts: Set<String> = []
        for round in 1...3 {
            let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
            _ = try wait(for: #""lateness_seconds":{"#, at: "/metricz")
            usleep(800_000)
            let text = try wait(for: "gen_dataset_readings_total", at: "/metrics")
            starts.insert(
                text.split(separator: "\n").first { $0.hasPrefix("gen_dataset_start_time_sec") }.map(String.init) ?? ""
            )
            let metrics = try workspace.shell("curl -s localhost:\(port)/metricz").decoded(as: Metrics.self)
            #expect(metrics.rates.average_readings_per_second < 320 * Double(round), "\(metrics)")
            run.send(SIGTERM)
            #expect(try run.outcome().status == 0)
            let query = "SELECT count(*) AS rows, sum(anomaly_flag) AS anomalous FROM sensor_data"
            struct Stored: Decodable {
                var rows: Int
                var anomalous: Int
            }
            let stored: [Stored] = try workspace.query(query, of: "data/sensor_data.db")
            let database = try #require(stored.first)
            // What was written while the answers were fetched.
            #expect((database.rows - 1_000...database.rows).contains(metrics.readings_count))
            #expect(abs(metrics.anomaly_rate - Double(database.anomalous) / Double(database.rows)) < 0.1)
            #expect(
                metrics.anomaly_rate == (1e6 * Double(metrics.anomalies_count) / Double(metrics.readings_count))
                    .rounded() / 1e6
            )
        }
        #expect(starts.count == 1 && !starts.contains(""), "\(starts)")
    }

    @Test("has both what is planned and what remains, or neither", arguments: [true, false])
    func planned(ends: Bool) throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let options = ends ? ["--duration", "1h"] : []
        let run = try workspace.start(["recipe", "live.yaml", "--realtime", "-q"] + options)
        let status = try wait(for: #""name":"watched""#, at: "/statusz")
        #expect(status.contains(#""planned_readings":720000,"#) == ends, "\(status)")
        #expect(status.contains(#""remaining_seconds":null"#) != ends)
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
    }

    @Test("says that another program holds the database before the run gives up waiting")
    func locked() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        let hold = "BEGIN IMMEDIATE; SELECT writefile('held', 'x'); .system sleep 5\nROLLBACK;"
        let holder = try RunningProcess(
            URL(filePath: "/usr/bin/env"),
            ["sqlite3", "-cmd", ".timeout 5000", "data/sensor_data.db"],
            in: workspace.folder,
            input: hold.replacing("; .system", with: ";\n.system")
        )
        let answer = try wait(for: "locked by another program", at: "/healthz")
        #expect(answer.contains(#""status":"degraded""#) && answer.contains(#""database_healthy":false"#))
        #expect(try holder.outcome().status == 0)
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
    }

    @Test("is degraded, and answers 200, while its recipe is wrong or empty, whose words health does not show")
    func refusedRecipe() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        for text in ["simulation: {interval: twelve-o-clock}\n", ""] {
            try workspace.write(text, to: "live.yaml")
            let health = try wait(for: #""status":"degraded""#, at: "/healthz")
            #expect(health.contains("200 OK") && !health.contains("twelve") && !health.contains("live.yaml"))
            _ = try wait(for: text.isEmpty ? "the recipe is empty: not applied" : "twelve-o-clock", at: "/statusz")
            try write(monitoring: "enabled: true, port: \(port)")
            _ = try wait(for: #""status":"healthy""#, at: "/healthz")
        }
        // Its token can be sent by nobody: the old one goes on to be asked for.
        try write(monitoring: "enabled: true, port: \(port), token: two words")
        _ = try wait(for: #""status":"degraded""#, at: "/healthz")
        _ = try wait(for: "200 OK", at: "/metricz")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        struct Version: Decodable { var version: Int }
        let versions: [Version] = try workspace.query("SELECT version FROM live_versions", of: "data/sensor_data.db")
        #expect(versions.count == 1)
    }

    @Test("stays at its old port until the new one is free")
    func busyPort() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let run = try workspace.start("recipe", "live.yaml", "--realtime")
        _ = try wait(for: "200 OK", at: "/healthz")
        let other = port + 1
        let script =
            "import socket,time; s=socket.socket(); s.setsockopt(1,2,1); s.bind(('127.0.0.1',\(other))); s.listen(); time.sleep(60)"
        let holder = try RunningProcess(
            URL(filePath: "/usr/bin/env"),
            ["python3", "-c", script],
            in: workspace.folder
        )
        usleep(500_000)
        try write(monitoring: "enabled: true, port: \(other)")
        usleep(4_000_000)
        _ = try wait(for: "200 OK", at: "/healthz")
        holder.send(SIGKILL)
        _ = try holder.outcome()
        _ = try wait(for: "200 OK", at: "/healthz", port: other)
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(outcome.errors.contains("another program listens there; "), "\(outcome.errors)")
        #expect(outcome.errors.contains("the old address answers until it can"), "\(outcome.errors)")
    }

    @Test("answers a proxy that keeps the name by which it was asked, if the name is listed")
    func proxy() throws {
        try write(monitoring: "enabled: true, port: \(port), host: '*', allowed_hosts: [sensors.example.com]")
        let environment = ["MONITORING_TOKEN": "sesame"]
        let run = try workspace.start("recipe", "live.yaml", "--realtime", environment: environment)
        let options = "-H 'Host: sensors.example.com' -H 'Authorization: Bearer sesame'"
        _ = try wait(for: "200 OK", at: "/statusz", options: options)
        let refused = try wait(for: "421", at: "/", options: "-H 'Host: other.example.com'")
        #expect(refused.contains("monitoring.allowed_hosts"))
        #expect(try workspace.shell("curl -s -o /dev/null -w '%{http_code}' 127.0.0.1:\(port)/healthz").output == "200")
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(outcome.errors.contains("http://localhost:\(port)/"), "\(outcome.errors)")
    }

    @Test("goes on where its port is taken, and says so")
    func takenPort() throws {
        try write(monitoring: "enabled: true, port: \(port)")
        let first = try workspace.start("recipe", "live.yaml", "--realtime")
        _ = try wait(for: "200 OK", at: "/healthz")
        let second = try workspace.run(
            "recipe",
            "live.yaml",
            "--realtime",
            "--duration",
            "1s",
            "--set",
            "database.path=other.db"
        )
        #expect(second.status == 0)
        #expect(second.errors.contains("monitoring is off") && second.errors.contains("\(port)"), "\(second.errors)")
        first.send(SIGTERM)
        #expect(try first.outcome().status == 0)
    }

    @Test("may be a batch run")
    func batch() throws {
        try write(monitoring: "port: \(port)")
        let run = try workspace.start(
            "recipe",
            "live.yaml",
            "--monitor",
            "--duration",
            "90d",
            "--ignore-space",
            "-o",
            "out",
            "-q"
        )
        let status = try wait(for: #""mode":"batch""#, at: "/statusz")
        #expect(status.contains(#""planned_readings":1555200000"#))
        _ = try wait(for: #""count":10"#, at: "/samplez")
        _ = try wait(for: "404", at: "/db_stats")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 143)
        #expect(try workspace.names(in: ".") == ["live.yaml", "out.partial"])
    }
}
