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
        address = try wait(of: cluster, or: "there is no cluster; if librdkafka is missing, run ./setup") {
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
