import Foundation
import Testing

@Suite("A load into NATS", .timeLimit(.minutes(30)))
struct NATSLoadTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.days, to: "days.yaml")
    }

    private func client(_ server: BrokerServer, _ arguments: String...) throws -> RunningProcess {
        let script = [Locations.reader("nats_client"), "\(server.port)"] + arguments
        return try RunningProcess(try Locations.python(), script, in: workspace.folder)
    }

    private func receiver(_ server: BrokerServer, _ subject: String, _ count: Int) throws -> RunningProcess {
        let receiver = try client(server, "receive", subject, "\(count)")
        try wait(of: receiver, or: "nothing is subscribed to") { workspace.exists("subscribed") ? () : nil }
        return receiver
    }

    @Test("brings the rows of the JSON Lines file, in their order")
    func sameRows() throws {
        let server = try BrokerServer.nats(workspace)
        let expected = try ExpectedMessages("days.yaml", in: workspace).addressed { "site.Oslo.\($0)" }
        let receiver = try receiver(server, "site.>", expected.count)
        let url = "nats://localhost:\(server.port)/site.{location}.{sensor_id}"
        let outcome = try workspace.run("load", "days.yaml", url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let end = try receiver.outcome()
        #expect(end.status == 0, "\(end.errors)")
        #expect(ExpectedMessages.split(try workspace.text("received")) == expected)
    }

    @Test("is stored by a stream, each reading once however often it is loaded at short intervals")
    func jetStream() throws {
        let server = try BrokerServer.nats(workspace)
        let url = "nats://localhost:\(server.port)?jetstream=on"
        let missing = try workspace.run("load", "days.yaml", url)
        #expect(missing.status == 74 && missing.errorLines.count == 1, "\(missing.errors)")
        #expect(missing.errors.contains("no stream of JetStream stores these subjects"), "\(missing.errors)")
        #expect(try client(server, "add", "lab", "sensors.*").outcome().status == 0)
        var expected = try ExpectedMessages("days.yaml", in: workspace).addressed { "sensors.\($0)" }
        for _ in 1...2 {
            // The first one finishes what had been refused.
            let outcome = try workspace.run("load", "days.yaml", url, "--resume")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(ExpectedMessages.split(try client(server, "stream", "lab").outcome().output) == expected)
        // Other readings of the same sensors and times are others.
        let other = ["--seed", "9"]
        expected += try ExpectedMessages("days.yaml", in: workspace, other).addressed { "sensors.\($0)" }
        #expect(try workspace.run(["load", "days.yaml", url] + other).status == 0)
        #expect(ExpectedMessages.split(try client(server, "stream", "lab").outcome().output) == expected)
    }

    @Test("is read back from the streams that have its subjects, and what is missing is told")
    func proof() throws {
        let server = try BrokerServer.nats(workspace)
        // Each of two streams has a sensor.
        for sensor in ["000001", "000002"] {
            #expect(try client(server, "add", "s\(sensor)", "sensors.DAY_\(sensor).>").outcome().status == 0)
        }
        let url = "nats://localhost:\(server.port)/sensors.{sensor_id}.{location}?jetstream=on"
        // Readings of the same sensors that are another load's.
        #expect(try workspace.run("load", "days.yaml", url, "--seed", "9").status == 0)
        let others = ExpectedMessages.split(try client(server, "stream", "s000002").outcome().output).count
        let load = try workspace.run("load", "days.yaml", url, "--json")
        #expect(load.status == 0 && load.output.contains("\"differences\":[]"), "\(load.errors)\(load.output)")
        let digest = try #require(load.output.firstMatch(of: /"content_sha256":"([0-9a-f]{64})"/)?.1)
        try workspace.generate("days.yaml", to: "days")
        #expect(try workspace.text("days/manifest.json").contains(digest))
        #expect(try workspace.run("load", "days.yaml", url, "--verify-only").status == 0)
        #expect(try client(server, "delete", "s000002", "\(others + 3)").outcome().status == 0)
        let damaged = try workspace.run("load", "days.yaml", url, "--verify-only")
        #expect(damaged.status == 76, "\(damaged.errors)")
        #expect(damaged.errors.contains("DAY_000002"), "\(damaged.errors)")
        #expect(damaged.errors.contains(/2025-01-01T00:0.:00Z: its message is missing/), "\(damaged.errors)")
    }

    @Test("goes on when the server is back")
    func restart() throws {
        try workspace.write("dataset: {duration: 2h}\nreplicas: {count: 10}\n", to: "long.yaml")
        let server = try BrokerServer.nats(workspace)
        let expected = try ExpectedMessages("long.yaml", in: workspace).addressed { "sensors.\($0)" }
        #expect(try client(server, "add", "lab", "sensors.*").outcome().status == 0)
        let url = "nats://localhost:\(server.port)?jetstream=on"
        let run = try workspace.start("load", "long.yaml", url, "--batch", "16384", "--rate", "20000")
        for _ in 1...2 {
            usleep(900_000)
            try server.stop()
            usleep(300_000)
            try server.start()
        }
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("attempts again"), "\(outcome)")
        let stored = ExpectedMessages.split(try client(server, "stream", "lab").outcome().output)
        #expect(stored.sorted() == expected.sorted())
    }

    @Test("names what no subject can hold, and shows no secret")
    func refused() throws {
        for (name, reason) in [("a.b", "has a dot"), ("a b", "has a blank"), ("a*", "has * or >"), (">", "has * or >")]
        {
            try workspace.write("sensor: {id: \"\(name)\", location: Oslo}\ndataset: {duration: 1m}\n", to: "one.yaml")
            let outcome = try workspace.run("load", "one.yaml", "nats://127.0.0.1:1/x.{sensor_id}")
            #expect(outcome.status == 65 && outcome.errors.contains("sensor \"\(name)\""), "\(outcome.errors)")
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
        for (line, message) in [
            ("nats://h/a..{sensor_id}", "has an empty token"), ("nats://h/a b", "has a blank"),
            ("nats://h/a?jetstream=yes", "one of off, on"), ("nats://u:hushhush@h/a", "NATS_PASSWORD"),
        ] {
            let outcome = try workspace.run("load", "days.yaml", line)
            #expect([64, 65].contains(outcome.status) && outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!outcome.errors.contains("hushhush") && outcome.errorLines.count == 1, "\(outcome.errors)")
        }
        try workspace.write(
            "authorization { users = [{user: me, password: hushhush, permissions: {publish: [\"open.>\"]}}] }",
            to: "rights.conf"
        )
        let server = try BrokerServer.nats(workspace, "-c", workspace.path("rights.conf"))
        let address = "nats://me@127.0.0.1:\(server.port)"
        for (url, password, message) in [
            ("\(address)/open.x", "hushhush", ""), ("\(address)/shut.x", "hushhush", "Permissions Violation"),
            ("\(address)/open.x", "wrongone", "the password in NATS_PASSWORD"),
            ("nats://127.0.0.1:1/x", "hushhush", "nats://127.0.0.1:1/x: "),
        ] {
            let outcome = try workspace.run("load", "days.yaml", url, environment: ["NATS_PASSWORD": password])
            #expect(outcome.status == (message.isEmpty ? 0 : 74), "\(outcome.errors)")
            #expect(message.isEmpty || outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!outcome.errors.contains("hush") && outcome.errorLines.count <= 1, "\(outcome.errors)")
        }
    }
}
