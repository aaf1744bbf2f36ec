import Foundation
import Testing

@Suite("A load into InfluxDB", .timeLimit(.minutes(30)))
struct InfluxLoadTests {
    private let workspace: Workspace
    private let server: InfluxServer

    init() throws {
        workspace = try Workspace()
        server = try InfluxServer(workspace)
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write(Samples.days, to: "days.yaml")
    }

    private func load(_ source: String, _ options: [String] = []) throws -> Outcome {
        try workspace.run(["load", source, server.url()] + options)
    }

    @Test("is proven in each way", arguments: ["count", "sums", "rows"])
    func proofs(proof: String) throws {
        for source in ["nasty.yaml", "cold-chain.yaml"] {
            for options in [["--labels", "fields"], ["--labels", "none", "--tags", "sensor_id"]] {
                let outcome = try workspace.run(
                    ["load", source, server.url() + "?gzip=true", "--verify", proof, "--duration", "2h", "--json"]
                        + ["--if-exists", "replace", "--set", "outputs.clean=true"] + options
                )
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
            }
        }
        #expect(try !workspace.names().contains { $0.hasSuffix(".journal") })
    }

    @Test("replaces what loads have made, and nothing else", arguments: ["m,host=a load=1", "m,sensor_id=a open=true"])
    func strangers(point: String) throws {
        #expect(try load("days.yaml").status == 0)
        try workspace.write(point, to: "point")
        let write = "http://127.0.0.1:\(server.port)/write?db=lab"
        #expect(try workspace.shell("curl -sf '\(write)' --data-binary @point").status == 0)
        let stranger = try load("days.yaml", ["--table", "m", "--if-exists", "replace"])
        #expect(stranger.status == 73 && stranger.errors.contains("is none that a load has made"), "\(stranger)")
        #expect(try server.query("SELECT * FROM m").contains("\"values\""))
    }

    @Test("has what the CSV file has, value by value")
    func sameValues() throws {
        try workspace.generate("nasty.yaml", to: "out", "--format", "csv")
        let outcome = try workspace.run("load", "out", server.url("sensors"))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let findings: Findings = try workspace.read(with: "influx", workspace.path("out"), String(server.port))
        #expect(findings.problems == [] && findings["points"] > 4_000, "\(findings)")
    }

    @Test(
        "that is no longer what was sent is found out, with sensor, time and column",
        arguments: [
            ("humidity=99", "2025-01-02T03:04:00Z, column humidity: 99.0 is stored, "),
            (
                "anomaly_type=\"noise\"",
                "2025-01-02T03:04:00Z, column anomaly_type: noise with anomaly_flag 0 is stored, "
            ),
            ("anomaly_flag=1i", "2025-01-02T03:04:00Z, column anomaly_type: NULL with anomaly_flag 1 is stored, "),
            ("anomaly_type=\"odd\"", "2025-01-02T03:04:00Z, column anomaly_type: odd with anomaly_flag 0 is stored, "),
            ("", "2025-01-02T03:04:00Z: its row is missing"),
            ("more", "2025-01-02T03:04:30Z: a row that was not sent, or a second one"),
        ]
    )
    func foundOut(change: String, finding: String) throws {
        let source = ["--set", "anomalies.probability=0", "--tags", "sensor_id"]
        #expect(try load("days.yaml", source).status == 0)
        #expect(try load("days.yaml", source + ["--verify-only"]).status == 0)
        let point = "sensor_data,sensor_id=DAY_000002 "
        switch change {
        case "": try server.query("DELETE FROM sensor_data WHERE sensor_id = 'DAY_000002' AND time = 1735787040s")
        case "more": try write(point + "temperature=1,humidity=1,pressure=1,voltage=1,anomaly_flag=0i 1735787070")
        default: try write(point + change + " 1735787040")
        }
        for proof in ["sums", "rows"] {
            let outcome = try load("days.yaml", source + ["--verify-only", "--verify", proof])
            #expect(outcome.status == 76, "\(change) \(outcome)")
            #expect(outcome.errors.contains("sensor \"DAY_000002\", " + finding), "\(outcome.errors)")
        }
    }

    private func write(_ line: String) throws {
        try workspace.write(line, to: "line")
        let url = "http://127.0.0.1:\(server.port)/write?db=lab&precision=s"
        try #require(try workspace.shell("curl -sf -XPOST '\(url)' --data-binary @line").status == 0)
    }

    @Test("refuses where readings would be lost or mixed, and leaves no journal")
    func refusals() throws {
        let missing = try load("days.yaml", ["--create", "never"])
        #expect(missing.status == 73 && missing.errors.contains("there is no database \"lab\""), "\(missing.errors)")
        try server.query("CREATE DATABASE lab WITH DURATION 7d")
        let retention = try load("days.yaml")
        #expect(retention.status == 65, "\(retention.errors)")
        #expect(retention.errors.contains("keeps 168 hours; readings begin at 2025-01-01"), "\(retention.errors)")
        try server.query("DROP DATABASE lab")
        try server.query("CREATE DATABASE lab")
        try write("sensor_data,sensor_id=x temperature=\"warm\" 1735787040")
        let type = try load("days.yaml", ["--if-exists", "append"])
        #expect(type.status == 73, "\(type.errors)")
        #expect(type.errors.contains("the field temperature of the measurement \"sensor_data\""), "\(type.errors)")
        #expect(type.errors.contains("is string; it must be float"), "\(type.errors)")
        let there = try load("days.yaml")
        #expect(there.status == 73)
        try server.query("DROP MEASUREMENT sensor_data")
        #expect(try load("days.yaml").status == 0)
        let again = try load("days.yaml")
        #expect(again.status == 73 && again.errors.contains("holds points already"), "\(again.errors)")
        let overlap = try load("days.yaml", ["--duration", "61h", "--if-exists", "append"])
        #expect(overlap.status == 73 && overlap.errors.contains("which would be replaced"), "\(overlap.errors)")
        let later = try load("days.yaml", ["--start", "2026-01-01", "--if-exists", "append", "--verify", "rows"])
        #expect(later.status == 0, "\(later.errors)")
        #expect(try !workspace.names().contains { $0.hasSuffix(".journal") })
    }

    @Test(
        "of mistakes says what would be right",
        arguments: [
            (["influx://h:1/db", "--layout", "wide"], "influx: has no --layout"),
            (["influx://h:1/"], "a database is named as influx://HOST:PORT/DATABASE"),
            (["influx://h:x/db"], "has the port \"x\""),
            (["influx://h/db?bukket=b"], "has no parameter \"bukket\""),
            (["influx://h/?bucket=b"], "influx://HOST:8086/?org=ORG&bucket=BUCKET"),
            (["influx://h/db?version=4"], "it is 1, 2 or 3"),
            (["influx://h/db", "--tags", "location"], "--tags: sensor_id is missing"),
            (["influx://h/db", "--tags", "sensor_id,citi"], "--tags: there is no column \"citi\" of a sensor"),
            (["influx://h/db", "--table", "a\\"], "--table \"a\\\": the text ends in \\"),
            (["postgres://h/db", "--journal", "x"], "postgres: has no --journal"),
            (["influx://u@h/db", "--token-file", "token"], "either says who asks, not both"),
        ]
    )
    func mistakes(arguments: [String], message: String) throws {
        try workspace.write("secret\n", to: "token")
        let outcome = try workspace.run(["load", "days.yaml"] + arguments)
        #expect(outcome.status == 64, "\(outcome.errors)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test("never shows a password or a token")
    func secrets() throws {
        try workspace.write("hushhush\n", to: "token")
        for (url, options) in [
            ("influx://user:hushhush@127.0.0.1:1/db", [String]()),
            ("influx://127.0.0.1:1/db", ["--token-file", "token"]),
        ] {
            let outcome = try workspace.run(["load", "days.yaml", url] + options)
            #expect(outcome.status == 74, "\(outcome.errors)")
            #expect(!outcome.errors.contains("hushhush") && outcome.errorLines.count == 1, "\(outcome.errors)")
        }
    }

    @Test("names the sensor that cannot be a tag")
    func hostile() throws {
        try workspace.write("sensor: {id: 'ONE\\', location: Oslo}\n", to: "bad.yaml")
        let outcome = try load("bad.yaml")
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains(#"sensor_id of sensor "ONE\": the text ends in \"#), "\(outcome.errors)")
    }

    @Test("goes into the database that the printed statement makes")
    func printed() throws {
        let script = try workspace.run("load", "days.yaml", server.url(), "--create", "print")
        #expect(script.output.hasPrefix("CREATE DATABASE \"lab\" WITH DURATION INF SHARD DURATION 7d"), "\(script)")
        try server.query(script.output)
        #expect(try load("days.yaml", ["--create", "never"]).status == 0)
    }
}

@Suite("An interrupted load into InfluxDB", .timeLimit(.minutes(30)))
struct InfluxLoadInterruptionTests {
    private let workspace: Workspace
    private let server: InfluxServer

    init() throws {
        workspace = try Workspace()
        server = try InfluxServer(workspace)
        let recipe = "dataset: {duration: 4h}\nreplicas: {count: 100}\nsimulation: {interval: 10s}\n"
        try workspace.write(recipe, to: "long.yaml")
    }

    private var arguments: [String] {
        ["load", "long.yaml", server.url(), "--journal", "load.journal", "--batch", "16384", "--tags", "sensor_id"]
    }

    @Test("by kill -9 is resumed, and another load does not take its place")
    func killed() throws {
        for blocks in Moments.blocks(3, of: 9) {
            let run = try workspace.start(arguments + ["--resume", "--rate", "60000"])
            try workspace.waitForBlocks(blocks, in: "load.journal", of: run)
            Moments.pause()
            run.send(SIGKILL)
            #expect(try run.outcome().status == -SIGKILL)
        }
        let again = try workspace.run(arguments)
        #expect(again.status == 73 && again.errors.contains("--resume finishes it"), "\(again.errors)")
        let other = try workspace.run(arguments + ["--resume", "--seed", "9"])
        #expect(other.status == 73, "\(other.errors)")
        #expect(other.errors.contains("this one has dataset.seed: 9"), "\(other.errors)")
        let outcome = try workspace.run(arguments + ["--resume", "--verify", "rows", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
        #expect(!outcome.output.contains("\"earlier\":0,"), "\(outcome.output)")
        #expect(!workspace.exists("load.journal"))
    }

    @Test("by the server's crash goes on when the server is back")
    func serverKilled() throws {
        let run = try workspace.start(arguments + ["--rate", "60000", "--verify", "rows"])
        for blocks in Moments.blocks(2, of: 9) {
            try workspace.waitForBlocks(blocks, in: "load.journal", of: run)
            Moments.pause()
            server.stop()
            usleep(300_000)
            try server.start()
        }
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all 144,000 readings"), "\(outcome.output)")
    }

    @Test("by a proxy that refuses, and loses answers, is proven")
    func proxied() throws {
        let proxy = try FaultyProxy(workspace, before: server.port)
        let target = "influx://127.0.0.1:\(proxy.port)/lab"
        let outcome = try workspace.run("load", "long.yaml", target, "--batch", "16384", "--verify", "rows")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("attempts again"), "\(outcome.output)")
    }

    @Test("has its journal to itself")
    func locked() throws {
        let run = try workspace.start(arguments + ["--rate", "60000"])
        try workspace.waitForBlocks(1, in: "load.journal", of: run)
        let second = try workspace.run(arguments + ["--resume"])
        #expect(second.status == 73 && second.errors.contains("another run has it"), "\(second.errors)")
        run.send(SIGTERM)
        #expect(try run.outcome().status == 143)
        #expect(workspace.exists("load.journal"))
    }
}
