import Foundation
import Testing

@Suite("A run that is monitored", .timeLimit(.minutes(5)))
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
        let deadline = ContinuousClock.now + .seconds(30)
        var answer = ""
        while ContinuousClock.now < deadline {
            answer = try workspace.shell("curl -s -i \(options) 'localhost:\(port ?? self.port)\(path)'").output
            if answer.contains(text) { return answer }
            usleep(50_000)
        }
        Issue.record("\(path) does not answer \(text) but \(answer)")
        throw CancellationError()
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
        #expect(try workspace.shell("curl -s localhost:\(port)/healthz").status != 0)
        try write(monitoring: "enabled: false")
        let deadline = ContinuousClock.now + .seconds(30)
        while try workspace.shell("curl -s localhost:\(other)/healthz").status == 0, ContinuousClock.now < deadline {
            usleep(50_000)
        }
        #expect(try workspace.shell("curl -s localhost:\(other)/healthz").status != 0)
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(outcome.status == 0)
        #expect(!outcome.errors.contains("sesame") && !outcome.output.contains("sesame"))
        #expect(try !workspace.shell("grep -c sesame data/sensor_data.db").output.contains("1"))
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
