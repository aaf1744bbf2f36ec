import Foundation
import Testing

@Suite("Feeds of a live run", .timeLimit(.minutes(30)))
struct FeedTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// A run of 250 readings in five seconds.
    private func write(_ feeds: String..., more: String = "") throws {
        let recipe = """
            dataset: {name: live, seed: 3, start: 2025-01-01, duration: 5s}
            simulation: {interval: 100ms}
            replicas: {count: 5}
            live: {feeds: [\(feeds.map { "\"\($0)\"" }.joined(separator: ", "))]}
            \(more)
            """
        try workspace.write(recipe, to: "live.yaml")
    }

    /// Has mosquitto keep what comes for a subscriber.
    private func subscribe(_ server: BrokerServer) throws {
        let outcome = try workspace.shell("mosquitto_sub -p \(server.port) -c -i test -q 1 -t '#' -E")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// What it has kept: topic, tab, payload.
    private func received(_ count: Int, from server: BrokerServer) throws -> [String] {
        let line = "mosquitto_sub -p \(server.port) -c -i test -q 1 -t '#' -F '%t\t%p' -C \(count) -W 12"
        return ExpectedMessages.split(try workspace.shell(line).output)
    }

    private func expected() throws -> [String] {
        try ExpectedMessages("live.yaml", in: workspace).addressed { "sensors/\($0)" }
    }

    @Test("send every reading to each broker, beside the database or instead of it", arguments: [true, false])
    func everyReading(storesReadings: Bool) throws {
        let (mosquitto, nats) = (try BrokerServer.mosquitto(workspace), try BrokerServer.nats(workspace))
        let mqtt = "mqtt://localhost:\(mosquitto.port)/sensors/{sensor_id}"
        try write(mqtt, "nats://localhost:\(nats.port)/live", more: "database: {store_readings: \(storesReadings)}")
        try subscribe(mosquitto)
        let expected = try expected()
        let script = [Locations.reader("nats_client"), "\(nats.port)", "receive", "live", "\(expected.count)"]
        let receiver = try RunningProcess(try Locations.python(), script, in: workspace.folder)
        try wait(of: receiver, or: "nothing is subscribed to") { workspace.exists("subscribed") ? () : nil }
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(try received(expected.count + 1, from: mosquitto) == expected)
        #expect(try receiver.outcome().status == 0)
        let lines = ExpectedMessages.split(try workspace.text("received")).map { $0.components(separatedBy: "\t")[1] }
        #expect(lines == expected.map { $0.components(separatedBy: "\t")[1] })
        struct Count: Decodable { var count: Int }
        let stored: [Count] = try workspace.query(
            "SELECT count(*) AS count FROM sensor_data",
            of: "data/sensor_data.db"
        )
        #expect(stored[0].count == (storesReadings ? expected.count : 0))
    }

    @Test("wait for a broker that is down, hold up nothing else, and say so")
    func brokerDown() throws {
        let server = try BrokerServer.mosquitto(workspace)
        let port = try BrokerServer.freePort()
        try write(
            "mqtt://localhost:\(server.port)",
            more: "monitoring: {enabled: true, port: \(port), enable_prometheus: true}"
        )
        try subscribe(server)
        let expected = try expected()
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--duration", "9s", "-q")
        try workspace.waitForReading(60, of: run)
        try server.stop()
        try workspace.waitForReading(150, of: run)
        let status = try workspace.answer(with: "\"last_error\":\"mqtt://", at: "/statusz", port: port)
        #expect(status.contains("\"connected\":false") && !status.contains("\"waiting_readings\":0,"), "\(status)")
        let metrics = try workspace.shell("curl -s localhost:\(port)/metrics").output
        #expect(metrics.contains("gen_dataset_feed_connected{feed=\"mqtt://localhost:\(server.port)/"), "\(metrics)")
        #expect(metrics.contains("gen_dataset_feed_lag_seconds{"), "\(metrics)")
        try server.start()
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        let messages = try received(1_000, from: server)
        #expect(messages.count >= 450 && Set(messages).isSuperset(of: expected) && Set(messages).count == 450)
    }

    @Test("go on where they stood when the run is killed, and lose nothing")
    func killed() throws {
        let server = try BrokerServer.mosquitto(workspace)
        try write("mqtt://localhost:\(server.port)", more: "database: {store_readings: false}")
        try subscribe(server)
        let expected = try expected()
        for _ in 1...3 {
            let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
            usleep(UInt32.random(in: 900_000..<1_300_000))
            run.send(SIGKILL)
            _ = try run.outcome()
        }
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let messages = try received(1_000, from: server)
        #expect(Set(messages) == Set(expected), "\(messages.count)")
        #expect(messages.count < expected.count + 150, "\(messages.count)")
    }

    @Test("wait at the end of a run for a broker that is down, until somebody stops it; the next run goes on")
    func endlessWait() throws {
        let server = try BrokerServer.mosquitto(workspace)
        try write("mqtt://localhost:\(server.port)")
        try subscribe(server)
        try server.stop()
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--duration", "1s")
        try workspace.waitForReading(50, of: run)
        usleep(1_000_000)
        #expect(run.isRunning)
        run.send(SIGTERM)
        let outcome = try run.outcome(within: 60)
        #expect(outcome.status == 0 && outcome.errors.contains("the feed waits: mqtt://"), "\(outcome.errors)")
        #expect(try workspace.text("data/sensor_data.db-feeds").contains("\n1 mqtt://localhost:"))
        try server.start()
        let next = try workspace.run("recipe", "live.yaml", "--realtime", "--duration", "1s", "-q")
        #expect(next.status == 0, "\(next.errors)")
        #expect(try received(51, from: server) == Array(expected().prefix(50)))
    }

    @Test("that cannot be are refused before the run begins")
    func refused() throws {
        for (feed, message) in [
            ("mqtt://h/a+b", "live.feeds: the topic \"a+b\" has + or #"),
            ("ftp://h/a", "live.yaml:4:16: live.feeds.0: expected the URL of a broker"),
            ("mqtt://me:hushhush@h/a", "belongs in the variable MQTT_PASSWORD"),
            ("kafka://h/{sensor_id}", "is no topic of Kafka"),
        ] {
            try write(feed)
            let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
            #expect(outcome.status == 65 && outcome.errorLines.count == 1, "\(outcome.errors)")
            #expect(outcome.errors.contains(message) && !outcome.errors.contains("hushhush"), "\(outcome.errors)")
            #expect(!workspace.exists("data/sensor_data.db"))
        }
        try write("mqtt://h/a", "mqtt://h/a?qos=2")
        let twice = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(twice.status == 65 && twice.errors.contains("mqtt://h:1883/a is there twice"), "\(twice.errors)")
    }
}
