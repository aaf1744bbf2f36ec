import Foundation
import Testing

@Suite("Readings over HTTP", .timeLimit(.minutes(30)))
struct HTTPFeedTests {
    private let workspace: Workspace
    private let port: Int
    private static let secrets = ["HTTP_TOKEN": "letmein", "HTTP_HEADER": "X-Lab: north"]

    init() throws {
        workspace = try Workspace()
        port = try workspace.freePort()
    }

    private var url: String { "http://127.0.0.1:\(port)/ingest/readings/?key=a%20b" }

    private func receiver(_ kind: String) throws -> ServerProcess {
        let process = ServerProcess(["python3", Locations.reader("http_receiver"), "\(port)", kind], in: workspace)
        try process.start { try workspace.shell("curl -s http://127.0.0.1:\(port)/").status == 0 }
        return process
    }

    private func write(_ feed: String, duration: String, more: String = "") throws {
        let recipe = """
            dataset: {name: live, seed: 3, start: 2025-01-01, duration: \(duration)}
            simulation: {interval: 100ms}
            replicas: {count: 5}
            live: {feeds: ["\(feed)"]}
            \(more)
            """
        try workspace.write(recipe, to: "live.yaml")
    }

    private func received() throws -> [String] { ExpectedMessages.split(try workspace.text("received")) }

    private struct Summary: Decodable {
        struct Feed: Decodable {
            var name: String
            var messages: Int
            var possible_duplicates: Int
            var waiting_readings: Int
        }

        var feeds: [Feed]
    }

    @Test(
        "arrive once or are told as possible duplicates, whatever the receiver answers",
        arguments: [("lines", ""), ("array", "&format=array&gzip=true")]
    )
    func feed(kind: String, parameters: String) throws {
        let receiver = try receiver(kind)
        defer { receiver.stop() }
        try write(url + parameters, duration: "5s")
        let expected = try ExpectedMessages("live.yaml", in: workspace).lines
        let outcome = try workspace.run(
            "recipe",
            "live.yaml",
            "--realtime",
            "--json",
            "-q",
            environment: Self.secrets
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!workspace.exists("problems"), "\((try? workspace.text("problems")) ?? "")")
        let received = try received()
        let isSame = Set(received) == Set(expected)
        #expect(isSame, "\(received.count) of \(expected.count), such as \(received.first ?? "")")
        let feed = try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8)).feeds[0]
        let twice = received.count - expected.count
        #expect(twice > 0 && feed.possible_duplicates >= twice, "\(twice) of \(feed)")
        #expect(feed.messages == expected.count && feed.waiting_readings == 0, "\(feed)")
        #expect(feed.name == "http://127.0.0.1:\(port)/ingest/readings/" && !outcome.output.contains("letmein"))
    }

    @Test("wait, and say so, while they are refused; none is left out, and none comes twice")
    func refused() throws {
        let receiver = try receiver("plain")
        defer { receiver.stop() }
        try workspace.write("", to: "refuse")
        try write(url, duration: "2s")
        let expected = try ExpectedMessages("live.yaml", in: workspace).lines
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--json", environment: Self.secrets)
        try workspace.waitForReading(100, of: run)
        usleep(500_000)
        #expect(run.isRunning && !workspace.exists("received"))
        try workspace.remove("refuse")
        let outcome = try run.outcome()
        #expect(outcome.status == 0)
        #expect(
            outcome.errors.contains("the feed waits: 127.0.0.1:\(port) answers 400 to readings: no such column"),
            "\(outcome.errors)"
        )
        #expect(outcome.output.contains("\"possible_duplicates\":0"), "\(outcome.output)")
        let isSame = try received() == expected
        #expect(isSame)
    }

    @Test("arrive late, twice or never where the recipe says so")
    func arrivals() throws {
        let receiver = try receiver("plain")
        defer { receiver.stop() }
        let faults =
            "late: {share: 0.3, delay: [500ms, 2s]}, loss: 0.1, duplicates: {share: 0.2, delay: [100ms, 900ms]}, "
            + "offline: {every: 2s, duration: [300ms, 900ms]}"
        try write(url, duration: "5s", more: "delivery: {\(faults), order: arrival}\noutputs: [jsonl]")
        let expected = try ExpectedMessages("live.yaml", in: workspace).arrived(by: "2025-01-01T00:00:04.900000")
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q", environment: Self.secrets)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let isSame = try received() == expected
        #expect(isSame && expected.count > 150, "\(expected.count)")
    }

    @Test("can be loaded; who one is is told by a file or the environment")
    func load() throws {
        let receiver = try receiver("plain")
        defer { receiver.stop() }
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write("letmein\n", to: "token")
        let header = ["HTTP_HEADER": "X-Lab: north"]
        let closed = try workspace.run("load", "nasty.yaml", url)
        #expect(closed.status == 74 && closed.errors.contains("answers 401 to readings: who is there?"), "\(closed)")
        let outcome = try workspace.run(
            "load",
            "nasty.yaml",
            url + "&batch=700",
            "--token-file",
            "token",
            "--resume",
            environment: header
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        let isSame = try received() == ExpectedMessages("nasty.yaml", in: workspace).lines
        #expect(isSame)
        #expect(!workspace.exists("problems"))
        let shown = try workspace.run("load", "nasty.yaml", "http://me:hushhush@h/a")
        #expect(shown.status == 64 && shown.errors.contains("HTTP_PASSWORD"), "\(shown.errors)")
        #expect(!shown.errors.contains("hushhush"))
        for (parameter, message) in [
            ("format=xml", "format is \"xml\"; it is ndjson or array"),
            ("batch=0", "batch is \"0\"; it is 1 to 100000 readings"),
            ("gzip=1", "gzip is \"1\"; it is true or false"),
        ] {
            let outcome = try workspace.run("load", "nasty.yaml", url + "&" + parameter)
            #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
        }
    }

    @Test("reach InfluxDB once each, although it crashes and the run is killed, and are proven")
    func influx() throws {
        let server = try InfluxServer(workspace)
        try write(server.url("live"), duration: "6s")
        let killed = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        try workspace.waitForReading(60, of: killed)
        killed.send(SIGKILL)
        _ = try killed.outcome()
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--json")
        try workspace.waitForReading(120, of: run)
        server.stop()
        try workspace.waitForReading(240, of: run)
        try server.start()
        let outcome = try run.outcome()
        #expect(outcome.status == 0 && outcome.errors.contains("the feed waits: "), "\(outcome.errors)")
        #expect(outcome.output.contains("\"possible_duplicates\":0"), "\(outcome.output)")
        let proof = try workspace.run(
            "load",
            "live.yaml",
            server.url("live"),
            "--verify-only",
            "--verify",
            "rows",
            "--json"
        )
        #expect(proof.status == 0 && proof.output.contains("\"differences\":[]"), "\(proof)")
        #expect(try server.query("SELECT count(anomaly_flag) FROM sensor_data", "live").contains(",300]"))
    }

    @Test("reach InfluxDB as they arrive, and are proven")
    func influxArrivals() throws {
        let server = try InfluxServer(workspace)
        let faults = "loss: 0.2, clock_drift: {share: 0.5, ppm: 90}"
        try write(server.url("live"), duration: "3s", more: "delivery: {\(faults)}")
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let proof = try workspace.run("load", "live.yaml", server.url("live"), "--verify-only", "--verify", "rows")
        #expect(proof.status == 0, "\(proof)")
    }

    @Test(
        "reach InfluxDB 2 and 3 as the documentation has it",
        arguments: [(2, "?org=lab&bucket=lab"), (3, "lab?version=3")]
    )
    func standIn(version: Int, place: String) throws {
        let server = try InfluxServer(workspace)
        let arguments = [Locations.reader("influx_standin"), "\(version)", "\(port)", "\(server.port)"]
        let process = ServerProcess(["python3"] + arguments, in: workspace)
        try process.start { try workspace.shell("curl -s http://127.0.0.1:\(port)/").status == 0 }
        defer { process.stop() }
        let url = "influx://127.0.0.1:\(port)/\(place)"
        try write(url, duration: "1s")
        let token = ["INFLUX_TOKEN": "letmein"]
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q", environment: token)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let proof = try workspace.run(
            "load",
            "live.yaml",
            url,
            "--verify-only",
            "--verify",
            "rows",
            environment: token
        )
        #expect(proof.status == 0, "\(proof.errors)")
    }
}
