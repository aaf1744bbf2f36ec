import Foundation
import Testing

@Suite("A load into ClickHouse", .timeLimit(.minutes(30)))
struct ClickHouseLoadTests {
    private let workspace: Workspace
    private let server: ClickHouseServer

    init() throws {
        workspace = try Workspace()
        server = try ClickHouseServer(workspace)
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
                let outcome = try load(
                    source,
                    ["--verify", proof, "--duration", "2h", "--json", "--if-exists", "replace"]
                        + ["--set", "outputs.clean=true"] + options
                )
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
            }
        }
        #expect(try !workspace.names().contains { $0.hasSuffix(".journal") })
    }

    @Test("has the rows of the CSV file, every value")
    func sameRows() throws {
        try workspace.generate(
            "nasty.yaml",
            to: "out",
            "--format",
            "csv",
            "--set",
            "outputs.csv={compression: none, columns: [id, sensor_id, temperature, humidity, anomaly_type, location]}"
        )
        #expect(try load("out").status == 0)
        let columns = "id, sensor_id, temperature, humidity, anomaly_type, location"
        let types =
            "id UInt64, sensor_id String, temperature Nullable(Float64), humidity Nullable(Float64), "
            + "anomaly_type Nullable(String), location String"
        try server.query("CREATE TABLE csv (\(types)) ENGINE = Memory")
        let insert = "INSERT%20INTO%20csv%20FORMAT%20CSV"
        let text = "sed -e 1d -e 's/,,/,\\\\N,/g;s/,,/,\\\\N,/g' out/readings.csv"
        let url = "http://127.0.0.1:\(server.port)/?database=lab&query=\(insert)"
        let sent = try workspace.shell("\(text) | curl -s '\(url)' --data-binary @-")
        #expect(sent.output == "", "\(sent.output)")
        let count =
            "SELECT count(), sum(cityHash64(\(columns.split(separator: ", ").map { "ifNull(toString(\($0)), '-')" }.joined(separator: ", ")))) FROM "
        let stored = try server.query(count + "readings")
        #expect(try stored == server.query(count + "csv"))
        #expect(try #require(Int(stored.prefix { $0.isNumber })) > 4_000)
    }

    @Test(
        "that is no longer what was sent is found out, with sensor, time and column",
        arguments: [
            ("humidity + 0.2 AS humidity", "", "2025-01-02T03:04:00Z, column humidity: "),
            (
                "'noise' AS anomaly_type", "",
                "2025-01-02T03:04:00Z, column anomaly_type: noise with anomaly_flag 0 is stored"
            ),
            ("humidity", "DELETE", "2025-01-02T03:04:00Z: its row is missing"),
            ("humidity", "DOUBLE", "2025-01-02T03:04:00Z: a row that was not sent, or a second one"),
        ]
    )
    func foundOut(change: String, what: String, finding: String) throws {
        let source = ["--set", "anomalies.probability=0", "--tags", "sensor_id"]
        #expect(try load("days.yaml", source).status == 0)
        #expect(try load("days.yaml", source + ["--verify-only"]).status == 0)
        let row = "sensor_id = 'DAY_000002' AND timestamp = toDateTime('2025-01-02 03:04:00', 'UTC')"
        let name = change.split(separator: " ").last ?? ""
        let columns =
            ["id", "timestamp", "sensor_id", "temperature", "humidity", "pressure", "voltage", "anomaly_flag"]
            + ["anomaly_type"]
        let list = columns.joined(separator: ", ")
        let changed = columns.map { $0 == name ? change : $0 }.joined(separator: ", ")
        try server.query("CREATE TABLE copy AS readings")
        let others = "INSERT INTO copy (\(list)) SELECT \(list) FROM readings"
        try server.query(what == "DOUBLE" ? others : "\(others) WHERE NOT (\(row))")
        if what != "DELETE" {
            try server.query("INSERT INTO copy (\(list)) SELECT \(changed) FROM readings WHERE \(row)")
        }
        try server.query("DROP TABLE readings")
        try server.query("RENAME TABLE copy TO readings")
        for proof in ["sums", "rows"] {
            let outcome = try load("days.yaml", source + ["--verify-only", "--verify", proof])
            #expect(outcome.status == 76, "\(change) \(outcome)")
            #expect(outcome.errors.contains("sensor \"DAY_000002\", " + finding), "\(outcome.errors)")
        }
    }

    @Test("refuses where readings would be lost or mixed, and leaves no journal")
    func refusals() throws {
        let missing = try load("days.yaml", ["--create", "never"])
        #expect(missing.status == 73 && missing.errors.contains("is not there; --create auto"), "\(missing.errors)")
        let fine = try load("days.yaml", ["--set", "simulation.interval=500ms", "--duration", "1m"])
        #expect(fine.status == 65 && fine.errors.contains("whole seconds"), "\(fine.errors)")
        #expect(try load("days.yaml").status == 0)
        let again = try load("days.yaml")
        #expect(again.status == 73 && again.errors.contains("holds rows already"), "\(again.errors)")
        let overlap = try load("days.yaml", ["--duration", "61h", "--if-exists", "append"])
        #expect(overlap.status == 73 && overlap.errors.contains("could not be told apart"), "\(overlap.errors)")
        let later = try load("days.yaml", ["--start", "2026-01-01", "--if-exists", "append", "--verify", "rows"])
        #expect(later.status == 0, "\(later.errors)")
        try server.query("DROP TABLE readings")
        try server.query("CREATE TABLE readings (id UInt64, timestamp DateTime, sensor_id UInt32) ENGINE = Memory")
        let other = try load("days.yaml", ["--if-exists", "append"])
        #expect(other.status == 73, "\(other.errors)")
        #expect(other.errors.contains("the column timestamp of the table"), "\(other.errors)")
        let layout = try load("days.yaml", ["--layout", "star"])
        #expect(layout.status == 64 && layout.errors.contains("clickhouse: has no --layout"), "\(layout.errors)")
        #expect(try !workspace.names().contains { $0.hasSuffix(".journal") })
    }

    @Test("replaces what loads have made, and nothing else")
    func strangers() throws {
        #expect(try load("days.yaml").status == 0)
        try server.query("CREATE TABLE stock (name String) ENGINE = TinyLog")
        try server.query("INSERT INTO stock SELECT 'a'")
        let stranger = try load("days.yaml", ["--table", "stock", "--if-exists", "replace"])
        #expect(stranger.status == 73 && stranger.errors.contains("is none that a load has made"), "\(stranger)")
        #expect(try server.query("SELECT count() FROM stock") == "1")
        let never = try load("days.yaml", ["--if-exists", "replace", "--create", "never"])
        #expect(never.status == 73 && never.errors.contains("--create auto does"), "\(never)")
        #expect(try load("days.yaml", ["--verify-only"]).status == 0)
    }

    @Test("prints the statements that make its table")
    func printed() throws {
        let script = try workspace.run("load", "days.yaml", server.url(), "--create", "print")
        #expect(script.status == 0, "\(script.errors)")
        #expect(script.output.contains("CREATE TABLE `lab`.`readings`"), "\(script.output)")
        #expect(script.output.contains("`timestamp` DateTime64(6, 'UTC')"), "\(script.output)")
    }
}

@Suite("An interrupted load into ClickHouse", .timeLimit(.minutes(30)))
struct ClickHouseLoadInterruptionTests {
    private let workspace: Workspace
    private let server: ClickHouseServer

    init() throws {
        workspace = try Workspace()
        server = try ClickHouseServer(workspace)
        let recipe = "dataset: {duration: 12h}\nreplicas: {count: 100}\nsimulation: {interval: 10s}\n"
        try workspace.write(recipe, to: "long.yaml")
    }

    private func arguments(_ url: String? = nil) -> [String] {
        ["load", "long.yaml", url ?? server.url(), "--journal", "load.journal", "--batch", "16384"]
    }

    @Test("by kill -9 has every reading once when it is resumed")
    func killed() throws {
        for blocks in Moments.blocks(4, of: 27) {
            let run = try workspace.start(arguments() + ["--resume", "--rate", "300000"])
            try workspace.waitForBlocks(blocks, in: "load.journal", of: run)
            Moments.pause()
            run.send(SIGKILL)
            #expect(try run.outcome().status == -SIGKILL)
        }
        let outcome = try workspace.run(arguments() + ["--resume", "--verify", "rows", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
        #expect(!outcome.output.contains("\"earlier\":0,"), "\(outcome.output)")
        #expect(try server.query("SELECT count(), uniqExact(id) FROM readings") == "432000\t432000")
    }

    @Test("between the months of a block has what is missing of it when it is resumed")
    func months() throws {
        let recipe = "{dataset: {start: 2025-01-31T12:00:00Z, duration: 1d}, simulation: {interval: 10s}}"
        try workspace.write(recipe, to: "long.yaml")
        let gate = try Gate(workspace, before: server.port, holding: "INSERT INTO .*readings")
        let run = try workspace.start(arguments("clickhouse://127.0.0.1:\(gate.port)/lab"))
        try wait(seconds: 240, of: run, or: "nothing is sent") { workspace.exists("reached") ? () : nil }
        run.send(SIGKILL)
        _ = try run.outcome()
        try workspace.write("", to: "open")
        // As a server leaves it that ends between the two parts.
        try server.query("ALTER TABLE readings DROP PARTITION 202502")
        #expect(try server.query("SELECT count() FROM readings") == "4320")
        let outcome = try workspace.run(
            arguments("clickhouse://127.0.0.1:\(gate.port)/lab") + ["--resume", "--verify", "rows"]
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try server.query("SELECT count(), uniqExact(id) FROM readings") == "8640\t8640")
    }

    @Test("by a proxy that refuses, and loses answers, has every reading once")
    func proxied() throws {
        let proxy = try FaultyProxy(workspace, before: server.port)
        let outcome = try workspace.run(arguments("clickhouse://127.0.0.1:\(proxy.port)/lab") + ["--verify", "rows"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("attempts again"), "\(outcome.output)")
        #expect(try server.query("SELECT count(), uniqExact(id) FROM readings") == "432000\t432000")
    }

    @Test("by the server's crash goes on when the server is back")
    func serverKilled() throws {
        let run = try workspace.start(arguments() + ["--rate", "200000", "--verify", "rows"])
        for blocks in Moments.blocks(2, of: 27) {
            try workspace.waitForBlocks(blocks, in: "load.journal", of: run)
            Moments.pause()
            server.stop()
            usleep(300_000)
            try server.start()
        }
        let outcome = try run.outcome()
        // What a server has answered before it was killed need not be on its disk: this version flushes nothing.
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all 432,000 readings"), "\(outcome.output)")
    }
}
