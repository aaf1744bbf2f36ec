import Foundation
import Testing

@Suite("The page on brokers", .timeLimit(.minutes(30)))
struct BrokerDocumentationTests {
    @Test("has commands that work")
    func commands() throws {
        let workspace = try Workspace()
        let page = Locations.package.appending(path: "docs/brokers.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let blocks = text.components(separatedBy: "```bash\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        #expect(blocks.count == 3)
        let (mosquitto, nats) = (try BrokerServer.mosquitto(workspace), try BrokerServer.nats(workspace))
        let cluster = try RunningProcess(
            try Locations.python(),
            [Locations.reader("kafka_cluster"), "readings", "4"],
            in: workspace.folder
        )
        let kafka = try wait(of: cluster, or: "there is no cluster of Kafka") { try? workspace.text("brokers") }
        // The page has the usual ports, at which something else may listen here.
        let commands = blocks.joined(separator: "\n")
            .replacing("mosquitto_sub", with: "mosquitto_sub -p \(mosquitto.port) -C 3600")
            .replacing("mqtt://localhost", with: "mqtt://localhost:\(mosquitto.port)")
            .replacing("nats://localhost", with: "nats://localhost:\(nats.port)")
            .replacing("localhost:9092", with: kafka)
        // The first subscriber shall be there before the first message.
        let script =
            "PATH=\"$(dirname \"$TOOL\"):$PATH\"; set -e\n" + commands.replacing("&\n", with: "&\nsleep 1\n") + "wait\n"
        let outcome = try workspace.shell(script)
        #expect(outcome.status == 0, "\(outcome.errors)")
        // Three loads, and the proof of the one into Kafka.
        #expect(outcome.output.components(separatedBy: "3,600 readings").count == 5, "\(outcome.output)")
        #expect(outcome.output.contains(" {\"timestamp\":\"2025-01-01T00:00:02.000000\""), "\(outcome.output)")
        let received = ExpectedMessages.split(try workspace.text("received.txt"))
        let rows = try ExpectedMessages("quickstart.yaml", in: workspace)
        #expect(received == zip(rows.sensors, rows.lines).map { "sensors/\($0) \($1)" })
    }
}
