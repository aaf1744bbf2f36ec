import Foundation
import Testing

@Suite("A live run", .timeLimit(.minutes(30)))
struct RealtimeTests {
    private static let recipe = """
        dataset: {name: live, seed: 5, start: 2026-05-01}
        replicas: {count: 20}
        simulation: {readings_per_second: 10}
        anomalies: {probability: 0.2}
        logging: {file: logs/live.log}
        """

    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "live.yaml")
    }

    private struct Row: Decodable, Equatable {
        var id: Int
        var timestamp: String
        var sensor_id: String
        var temperature: Double?
        var voltage: Double?
        var anomaly_type: String?
        var synced: Int
    }

    private func rows(of database: String) throws -> [Row] {
        try workspace.query(
            "SELECT id, timestamp, sensor_id, temperature, voltage, anomaly_type, synced FROM sensor_data ORDER BY id",
            of: database
        )
    }

    private struct Count: Decodable {
        var count: Int
    }

    @Test("ends by itself with the rows of the batch run")
    func finishes() throws {
        let begin = ContinuousClock.now
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "--duration", "2s", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(ContinuousClock.now - begin > .seconds(1.8))
        #expect(outcome.output.contains(#""outcome":"finished""#))
        try workspace.generate("live.yaml", to: "batch", "--duration", "2s", "--format", "sqlite")
        let live = try rows(of: "data/sensor_data.db")
        #expect(try live.count == 400 && live == rows(of: "batch/readings.sqlite"))
        #expect(try workspace.text("logs/live.log").contains("INFO a run begins"))
    }

    @Test("ends with status 0 at a signal", arguments: [SIGINT, SIGTERM])
    func signals(signal: Int32) throws {
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--backfill", "1m")
        try workspace.waitForReading(1, of: run)
        let begin = ContinuousClock.now
        run.send(signal)
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(ContinuousClock.now - begin < .seconds(5))
        #expect(try workspace.names(in: "data") == ["sensor_data.db"])
    }

    @Test("that is killed again and again loses and doubles nothing, while another program marks rows")
    func killed() throws {
        var last = 0
        for round in 1...6 {
            let run = try workspace.start("recipe", "live.yaml", "--realtime", "--speed", "20", "-q")
            try workspace.waitForReading(last + 1 + 300 * round, of: run)
            usleep(UInt32.random(in: 0..<50_000))
            run.send(SIGKILL)
            #expect(try run.outcome().status == -SIGKILL)
            last = try workspace.lastReading()
            let marking = try workspace.shell(
                "sqlite3 -cmd '.timeout 5000' data/sensor_data.db 'UPDATE sensor_data SET synced = 1 WHERE id = \(round)'"
            )
            #expect(marking.status == 0, "\(marking.errors)")
        }
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--speed", "20")
        try workspace.waitForReading(last + 1_000, of: run)
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        let live = try rows(of: "data/sensor_data.db")
        #expect(live.prefix(6).allSatisfy { $0.synced == 1 })
        try workspace.generate("live.yaml", to: "batch", "--duration", "10m", "--format", "sqlite")
        let batch = try rows(of: "batch/readings.sqlite").prefix(live.count)
        #expect(live.map { [$0.timestamp, $0.sensor_id] } == batch.map { [$0.timestamp, $0.sensor_id] })
        #expect(live.map(\.id) == batch.map(\.id) && live.map(\.temperature) == batch.map(\.temperature))
    }

    @Test("has its database to itself")
    func second() throws {
        let run = try workspace.start("recipe", "live.yaml", "--realtime")
        try workspace.waitForReading(1, of: run)
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 73)
        #expect(outcome.errors.contains("another live run writes it"), "\(outcome.errors)")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        #expect(try workspace.names(in: "data") == ["sensor_data.db"])
    }

    @Test("follows its recipe, and keeps to the last valid one")
    func reloads() throws {
        let run = try workspace.start("recipe", "live.yaml", "--realtime")
        try workspace.waitForReading(1, of: run)
        try workspace.write(Self.recipe.replacing("0.2", with: "7"), to: "live.yaml")
        try waitForLog("7 is not between 0 and 1")
        try workspace.write(Self.recipe.replacing("0.2", with: "0.4"), to: "live.yaml")
        run.send(SIGHUP)
        try waitForLog("version 2 of the recipe takes effect")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 0)
        let versions: [Count] = try workspace.query(
            "SELECT count(*) AS count FROM live_versions",
            of: "data/sensor_data.db"
        )
        #expect(versions.first?.count == 2)
    }

    private func waitForLog(_ text: String) throws {
        var log = ""
        try wait(or: "the log has no \"\(text)\": \(log)") {
            log = (try? workspace.text("logs/live.log")) ?? ""
            return log.contains(text) ? () : nil
        }
    }

    @Test("does not read a recipe again that came through a pipe")
    func pipe() throws {
        let line = #"""
            bash -c '"$TOOL" recipe <(cat live.yaml) --realtime -q & P=$!; sleep 2; kill -HUP $P; sleep 1; kill $P; wait $P'
            """#
        let outcome = try workspace.shell(line)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try workspace.text("logs/live.log").contains("came from no file that can be read again"))
        let versions: [Count] = try workspace.query(
            "SELECT count(*) AS count FROM live_versions",
            of: "data/sensor_data.db"
        )
        #expect(versions.first?.count == 1)
    }

    @Test("gives seeds that JSON cannot hold as text", arguments: ["9007199254740991", "18446744073709551615"])
    func seeds(seed: String) throws {
        let outcome = try workspace.run(
            "recipe",
            "live.yaml",
            "--realtime",
            "--duration",
            "1s",
            "--json",
            "-q",
            "--seed",
            seed
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        let isText = seed.count > 16
        #expect(outcome.output.contains(isText ? "\"seed\":\"\(seed)\"" : "\"seed\":\(seed)"), "\(outcome.output)")
    }

    @Test("writes lines of JSON, the batch run's, until nobody reads them any more")
    func standardOutput() throws {
        let outcome = try workspace.shell(
            #""$TOOL" recipe live.yaml --realtime --backfill 1m --stdout -q | head -n 500"#
        )
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty, "\(outcome.errors)")
        try workspace.generate(
            "live.yaml",
            to: "batch",
            "--start",
            "2026-04-30T23:59:00",
            "--duration",
            "1m",
            "--set",
            "outputs={jsonl: {compression: none}}"
        )
        let batch = try workspace.text("batch/readings.jsonl").split(separator: "\n").prefix(500)
        #expect(outcome.output.split(separator: "\n")[...] == batch)
    }

    @Test("goes on where its log file cannot be opened, and says so, and when it can be again")
    func logFile() throws {
        try workspace.write("in the way", to: "logs")
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        try workspace.waitForReading(1, of: run)
        try workspace.remove("logs")
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(outcome.status == 0)
        #expect(outcome.errorLines.first == "the log file logs/live.log cannot be opened: Not a directory")
        let last = outcome.errorLines.last ?? ""
        #expect(last.wholeMatch(of: #/the log file logs/live.log is written again; it lacks [1-9] lines?/#) != nil)
        #expect(try workspace.text("logs/live.log").contains("the run ends before reading"))
    }

    @Test("logs as JSON")
    func logs() throws {
        let outcome = try workspace.run(
            ["recipe", "live.yaml", "--realtime", "--duration", "1s", "--set", "logging.format=json"],
            environment: ["LOG_LEVEL": "info", "SQLITE_TMPDIR": "data/tmp"]
        )
        #expect(outcome.status == 0)
        #expect(try workspace.names(in: "data") == ["sensor_data.db", "tmp"])
        struct Line: Decodable {
            var timestamp: String
            var level: String
            var message: String
        }
        let lines = try outcome.errorLines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        #expect(lines.count >= 2 && lines.allSatisfy { $0.level == "INFO" })
    }

    @Test(
        "is refused where it cannot be had",
        arguments: [
            "--realtime -o out": Int32(64), "--realtime --speed 0": 64, "--speed 2": 64,
            "--realtime --backfill soon": 64, "--realtime --set database.path=/proc/no/live.db": 73,
            "--realtime --end 2026-04-01": 65,
        ]
    )
    func refuses(options: String, status: Int32) throws {
        let outcome = try workspace.run(["recipe", "live.yaml"] + options.split(separator: " ").map(String.init))
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errorLines.last?.hasPrefix("error: ") == true)
    }
}
