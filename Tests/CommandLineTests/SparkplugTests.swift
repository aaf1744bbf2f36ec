import Foundation
import Testing

@Suite("Sparkplug B", .timeLimit(.minutes(30)))
struct SparkplugTests {
    private let workspace: Workspace
    private let server: BrokerServer
    private let subscriber: RunningProcess

    init() throws {
        workspace = try Workspace()
        server = try BrokerServer.mosquitto(workspace)
        let session = "mosquitto_sub -p \(server.port) -c -i test -q 1 -t 'spBv1.0/#'"
        let outcome = try workspace.shell(session + " -E")
        try #require(outcome.status == 0, "\(outcome.errors)")
        // To one that is away, brokers keep messages of several QoS in an order of their own.
        subscriber = try workspace.startProgram(["sh", "-c", "exec \(session) -F '%t\t%x' > messages"])
    }

    private var url: String { "mqtt://localhost:\(server.port)/plant/line-1?payload=sparkplug" }

    /// What is wrong with what has come, beside the lines of the dataset `expected`.
    private func findings(_ options: String...) throws -> Findings {
        var size = 0
        try wait(of: subscriber, or: "the node does not die") { () -> Void? in
            usleep(500_000)
            let messages = try workspace.text("messages").split(separator: "\n")
            defer { size = messages.count }
            return messages.count == size && messages.last?.contains("/NDEATH/") == true ? () : nil
        }
        subscriber.send(SIGTERM)
        _ = try subscriber.outcome()
        let reader = [Locations.reader("sparkplug"), "messages", "expected/readings.jsonl"] + options
        let outcome = try RunningProcess(try Locations.python(), reader, in: workspace.folder).outcome()
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Findings.self, from: Data(outcome.output.utf8))
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

    private func writeLive(duration: String, more: String = "") throws {
        try workspace.write(
            """
            dataset: {name: live, seed: 3, start: 2025-01-01, duration: \(duration)}
            simulation: {interval: 100ms}
            replicas: {count: 2}
            metrics: {temperature: {}, door: {model: state, states: {closed: 0.5, open: 0.5}, dwell: 1s}}
            live: {feeds: ["\(url)"]}
            \(more)
            """,
            to: "live.yaml"
        )
    }

    @Test("is fed by a live run, of states too, and born again when a host asks for it")
    func live() throws {
        try writeLive(duration: "3s")
        let expected = try ExpectedMessages("live.yaml", in: workspace)
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        try workspace.waitForReading(20, of: run)
        // A command that is none, one that asks for nothing, and one that asks for births.
        let metric = "\\012\\024Node Control/Rebirth\\040\\013\\160"
        for payload in ["x\\377\\377", "\\022\\032\(metric)\\000", "\\022\\032\(metric)\\001"] {
            let line = "printf '\(payload)' | mosquitto_pub -p \(server.port) -t spBv1.0/plant/NCMD/line-1 -s"
            #expect(try workspace.shell(line).status == 0)
        }
        let outcome = try run.outcome()
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let findings = try findings()
        #expect(findings.problems == [])
        #expect(findings["births"] == 4 && findings["data"] == expected.lines.count && findings["historical"] == 0)
        #expect(findings["sessions"] == 1, "\(findings)")
    }

    @Test("is fed what arrives of a live run")
    func arrivals() throws {
        try writeLive(
            duration: "2s",
            more: "delivery: {loss: 0.3, clock_drift: {share: 0.5, ppm: 90}}\noutputs: [jsonl]"
        )
        let expected = try ExpectedMessages("live.yaml", in: workspace)
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let findings = try findings()
        #expect(findings.problems == [])
        #expect(findings["births"] == 2 && findings["data"] == expected.lines.count && expected.lines.count < 36)
    }

    @Test("dies when its process is killed, and lives on in another session")
    func killed() throws {
        try writeLive(duration: "4s")
        let expected = try ExpectedMessages("live.yaml", in: workspace)
        let killed = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        try workspace.waitForReading(30, of: killed)
        killed.send(SIGKILL)
        _ = try killed.outcome()
        // Sessions are told apart by their second.
        usleep(1_000_000)
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let findings = try findings("killed")
        #expect(findings.problems == [])
        #expect(findings["sessions"] == 2 && findings["births"] == 4, "\(findings)")
        #expect(
            findings["data"] == expected.lines.count + findings["repeated"] && findings["repeated"] < 30,
            "\(findings)"
        )
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
