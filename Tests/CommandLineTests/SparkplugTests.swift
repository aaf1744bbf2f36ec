import Foundation
import Testing

@Suite("Sparkplug B", .timeLimit(.minutes(10)))
struct SparkplugTests {
    private let workspace: Workspace
    private let server: BrokerServer

    init() throws {
        workspace = try Workspace()
        server = try BrokerServer.mosquitto(workspace)
        let outcome = try workspace.shell("mosquitto_sub -p \(server.port) -c -i test -q 1 -t 'spBv1.0/#' -E")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private var url: String { "mqtt://localhost:\(server.port)/plant/line-1?payload=sparkplug" }

    /// What is wrong with what the broker has kept, beside the lines of the dataset `expected`.
    private func findings() throws -> Findings {
        let line = "mosquitto_sub -p \(server.port) -c -i test -q 1 -t 'spBv1.0/#' -F '%t\t%x' -W 3 > messages"
        _ = try workspace.shell(line)
        return try workspace.read(with: "sparkplug", "messages", "expected/readings.jsonl")
    }

    @Test(
        "has births, then the readings of the JSON Lines file, then the death of the node",
        arguments: ["fields", "none"]
    )
    func load(labels: String) throws {
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        let expected = try ExpectedMessages("nasty.yaml", in: workspace)
        let outcome = try workspace.run("load", "nasty.yaml", url, "--labels", labels)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let findings = try findings()
        #expect(findings.problems == [])
        #expect(findings["births"] == 3 && findings["data"] == expected.lines.count && findings["null"] > 100)
        #expect(findings["historical"] == expected.lines.count * (labels == "fields" ? 6 : 4))
    }

    @Test("is fed by a live run, of states too, and born again when a host asks for it")
    func live() throws {
        try workspace.write(
            """
            dataset: {name: live, seed: 3, start: 2025-01-01, duration: 3s}
            simulation: {interval: 100ms}
            replicas: {count: 2}
            metrics: {temperature: {}, door: {model: state, states: {closed: 0.5, open: 0.5}, dwell: 1s}}
            live: {feeds: ["\(url)"]}
            """,
            to: "live.yaml"
        )
        let expected = try ExpectedMessages("live.yaml", in: workspace)
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        try workspace.waitForReading(20, of: run)
        let asked = try workspace.shell("mosquitto_pub -p \(server.port) -t spBv1.0/plant/NCMD/line-1 -m x")
        #expect(asked.status == 0)
        let outcome = try run.outcome()
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        _ = try workspace.shell("touch messages")
        let findings = try findings()
        #expect(findings.problems == [])
        #expect(findings["births"] == 4 && findings["data"] == expected.lines.count && findings["historical"] == 0)
    }

    @Test("says what is wrong with a node's name, and what Sparkplug B fixes")
    func refused() throws {
        try workspace.write(Samples.small, to: "small.yaml")
        for (url, message) in [
            ("mqtt://h/plant?payload=sparkplug", "a group and a node stand there"),
            ("mqtt://h/plant/{sensor_id}/x?payload=sparkplug", "a group and a node stand there"),
            ("mqtt://h/plant/line?payload=sparkplug&qos=1", "qos is fixed by Sparkplug B"),
            ("mqtt://h/plant/line?payload=xml", "one of json, sparkplug"),
        ] {
            let outcome = try workspace.run("load", "small.yaml", url)
            #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
        }
    }
}
