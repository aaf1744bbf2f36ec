import Foundation
import Testing

/// Kafka itself is not at hand: its cluster is the one that librdkafka plays for tests, and kcat reads it.
@Suite("A load into Kafka", .timeLimit(.minutes(30)))
struct KafkaLoadTests {
    private let workspace: Workspace
    private let cluster: RunningProcess
    private let address: String

    init() throws {
        let workspace = try Workspace()
        let script = [Locations.reader("kafka_cluster"), "readings", "16"]
        let cluster = try RunningProcess(try Locations.python(), script, in: workspace.folder)
        address = try wait(of: cluster, or: "there is no cluster; if librdkafka is missing, run ./setup --tests") {
            try? workspace.text("brokers")
        }
        (self.workspace, self.cluster) = (workspace, cluster)
        try workspace.write(Samples.nasty, to: "nasty.yaml")
    }

    private func load(_ recipe: String, _ options: String...) throws -> Outcome {
        try workspace.run(["load", recipe, "kafka://\(address)/readings"] + options)
    }

    /// What the topic holds: key, tab, payload; by key, each key's in their order.
    private func received() throws -> [String: [String]] {
        let outcome = try workspace.shell("kcat -b \(address) -C -t readings -o beginning -e -q -f '%k\\t%s\\n'")
        try #require(outcome.status == 0, "\(outcome.errors)")
        return byKey(ExpectedMessages.split(outcome.output))
    }

    private func byKey(_ messages: [String]) -> [String: [String]] {
        Dictionary(grouping: messages) { $0.components(separatedBy: "\t")[0] }
    }

    @Test("brings the rows of the JSON Lines file, each sensor's in their order")
    func sameRows() throws {
        let expected = byKey(try ExpectedMessages("nasty.yaml", in: workspace).addressed { $0 })
        let outcome = try load("nasty.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try received() == expected)
        let again = try load("nasty.yaml")
        let count = expected.values.reduce(0) { $0 + $1.count }
        #expect(again.status == 73, "\(again.errors)")
        #expect(again.errors.contains("the topic holds \(count) messages; --if-exists append"), "\(again.errors)")
        #expect(try load("nasty.yaml", "--if-exists", "append").status == 0)
        #expect(try received() == expected.mapValues { $0 + $0 })
    }

    @Test("goes on when the broker is back, and brings each reading once")
    func brokerDown() throws {
        try workspace.write(
            "dataset: {duration: 30m}\nsimulation: {interval: 1s}\nreplicas: {count: 25}\n",
            to: "long.yaml"
        )
        let expected = byKey(try ExpectedMessages("long.yaml", in: workspace).addressed { $0 })
        let url = "kafka://\(address)/readings?reconnect.backoff.max.ms=200"
        let run = try workspace.start("load", "long.yaml", url, "--batch", "16384", "--rate", "16000")
        usleep(700_000)
        cluster.send(SIGUSR1)
        usleep(1_500_000)
        cluster.send(SIGUSR2)
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.output.contains("twice"), "\(outcome.output)")
        #expect(try received() == expected)
    }

    private func expectProven(_ outcome: Outcome, repeats: Int) {
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"repeats\":\(repeats),"), "\(outcome.output)")
        #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
    }

    @Test("is read back from where it begins, and what came twice counts once")
    func proof() throws {
        try workspace.write(Samples.mixed, to: "mixed.yaml")
        let columns = "outputs.jsonl.columns=[sensor_id,door,timestamp,temperature]"
        let options = ["--set", columns, "--set", "outputs.jsonl.timestamps=epoch_ms", "--json"]
        expectProven(try load("nasty.yaml", "--json"), repeats: 0)
        expectProven(try load("nasty.yaml", "--json", "--if-exists", "append", "--verify", "count"), repeats: 0)
        let rows = try ExpectedMessages("nasty.yaml", in: workspace).lines.count
        expectProven(try load("nasty.yaml", "--json", "--verify-only", "--verify", "rows"), repeats: rows)
        expectProven(try workspace.run(url("mixed.yaml") + ["--if-exists", "append"] + options), repeats: 0)
        let other = try load("nasty.yaml", "--verify-only", "--labels", "none")
        #expect(other.status == 76 && other.errors.contains("column "), "\(other.errors)")
    }

    private func url(_ recipe: String) -> [String] { ["load", recipe, "kafka://\(address)/readings"] }

    @Test(
        "that is not what was sent is found out, with sensor, time and column",
        arguments: ["changed", "missing", "more"]
    )
    func foundOut(change: String) throws {
        try workspace.write(Samples.days, to: "days.yaml")
        let messages = try ExpectedMessages("days.yaml", in: workspace)
        let place = try #require(
            messages.lines.firstIndex { $0.contains("2025-01-02T03:04:00") && $0.contains("DAY_000002") }
        )
        var lines = messages.addressed { $0 }
        switch change {
        case "changed": lines[place] = lines[place].replacing(/"humidity":[^,}]*/, with: "\"humidity\":99.5")
        case "missing": lines.remove(at: place)
        default: lines.append(lines[place].replacing("03:04:00", with: "03:04:30"))
        }
        try workspace.write(lines.joined(separator: "\n") + "\n", to: "lines")
        let sent = try workspace.shell(
            "kcat -b \(address) -P -t readings -K '\t' -X partitioner=murmur2_random -l lines"
        )
        try #require(sent.status == 0, "\(sent.errors)")
        let outcome = try load("days.yaml", "--verify-only")
        #expect(outcome.status == 76, "\(outcome)")
        let finding = [
            "changed": "2025-01-02T03:04:00Z, column readings.humidity: 99.5 is stored, ",
            "missing": "2025-01-02T03:04:00Z: its message is missing", "more": "a message that was not sent: {",
        ]
        #expect(
            outcome.errors.contains("sensor \"DAY_000002\", " + finding[change, default: ""])
                || outcome.errors.contains("sensor \"DAY_000002\": " + finding[change, default: ""]),
            "\(outcome.errors)"
        )
    }

    @Test("that was killed is finished, and proven from where it began")
    func killed() throws {
        try workspace.write(
            "dataset: {duration: 30m}\nsimulation: {interval: 1s}\nreplicas: {count: 25}\n",
            to: "long.yaml"
        )
        #expect(try load("nasty.yaml").status == 0)
        let command = url("long.yaml") + ["--if-exists", "append", "--journal", "notes"]
        let run = try workspace.start(command + ["--batch", "16384", "--rate", "30000"])
        try workspace.waitForBlocks(1, in: "notes", of: run)
        run.send(SIGKILL)
        _ = try run.outcome()
        #expect(try workspace.text("notes").contains("\n@ 0 "))
        let outcome = try workspace.run(command + ["--resume", "--json"])
        #expect(outcome.status == 0 && outcome.output.contains("\"differences\":[]"), "\(outcome)")
        #expect(!workspace.exists("notes"))
    }

    @Test("says what is wrong, and shows no secret")
    func refused() throws {
        for (url, message) in [
            ("kafka://h/a/b", "is no topic of Kafka"), ("kafka://h/", "is no topic of Kafka"),
            ("kafka://h/{sensor_id}", "is no topic of Kafka"), ("kafka://u:hushhush@h/a", "KAFKA_PASSWORD"),
            ("kafka://h/a?acks=0", "it is always all"),
            ("kafka://h/a?sasl.password=hushhush", "it is in KAFKA_PASSWORD"),
            ("kafka://h/a?ssl.key.password=hushhush", "which others see"),
        ] {
            let outcome = try workspace.run("load", "nasty.yaml", url)
            #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!outcome.errors.contains("hushhush") && outcome.errorLines.count == 1, "\(outcome.errors)")
        }
        let unknown = try workspace.run("load", "nasty.yaml", "kafka://\(address)/readings?lingr.ms=5")
        #expect(unknown.status == 64 && unknown.errors.contains("lingr.ms"), "\(unknown.errors)")
        let missing = try workspace.run("load", "nasty.yaml", "kafka://\(address)/other", "--create", "never")
        #expect(missing.status == 73 && missing.errors.contains("there is no topic \"other\""), "\(missing.errors)")
        let nobody = try workspace.run("load", "nasty.yaml", "kafka://127.0.0.1:1/readings")
        #expect(nobody.status == 74 && nobody.errorLines.count == 1, "\(nobody.errors)")
        #expect(nobody.errors.contains("kafka://127.0.0.1:1/readings: "), "\(nobody.errors)")
    }
}
