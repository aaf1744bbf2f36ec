import Foundation
import Testing

@Suite("A load into an MQTT broker", .timeLimit(.minutes(30)))
struct MQTTLoadTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
    }

    private func load(_ recipe: String, _ url: String, _ options: String..., password: String = "") throws -> Outcome {
        try workspace.run(["load", recipe, url] + options, environment: ["MQTT_PASSWORD": password])
    }

    /// Has the broker keep what comes for a subscriber.
    private func subscribe(_ server: BrokerServer, _ options: String = "") throws {
        let outcome = try workspace.shell("mosquitto_sub -p \(server.port) \(options) -c -i test -q 2 -t '#' -E")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// What the broker has kept: topic, tab, payload.
    private func received(_ count: Int, from server: BrokerServer, _ options: String = "") throws -> [String] {
        let line = "mosquitto_sub -p \(server.port) \(options) -c -i test -q 2 -t '#' -F '%t\t%p' -C \(count) -W 8"
        return ExpectedMessages.split(try workspace.shell(line).output)
    }

    @Test("brings the rows of the JSON Lines file, in their order", arguments: [0, 1, 2])
    func sameRows(qos: Int) throws {
        let server = try BrokerServer.mosquitto(workspace)
        let expected = try ExpectedMessages("nasty.yaml", in: workspace).addressed { "site/Ω\($0)/now" }
        try subscribe(server)
        let url = "mqtt://localhost:\(server.port)/site/%CE%A9{sensor_id}/now?qos=\(qos)"
        let outcome = try load("nasty.yaml", url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("4,320 readings in ") && outcome.output.contains("not proven"))
        #expect(try received(expected.count, from: server) == expected)
    }

    private struct Timed: Decodable { var seconds: Double }

    @Test("keeps to its rate within a block", arguments: [0, 1])
    func rate(qos: Int) throws {
        let server = try BrokerServer.mosquitto(workspace)
        let expected = try ExpectedMessages("nasty.yaml", in: workspace).addressed { "sensors/\($0)" }
        try subscribe(server)
        let url = "mqtt://localhost:\(server.port)?qos=\(qos)"
        let outcome = try load("nasty.yaml", url, "--rate", "2000", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let timed: Timed = try outcome.decoded()
        #expect(timed.seconds > 2.1)
        #expect(try received(expected.count, from: server) == expected)
    }

    @Test("leaves out what tells of anomalies, and has the broker keep the last message")
    func labelsAndRetain() throws {
        let server = try BrokerServer.mosquitto(workspace)
        let url = "mqtt://127.0.0.1:\(server.port)?retain=true&version=3.1.1"
        let outcome = try load("nasty.yaml", url, "--labels", "none", "--set", "outputs.clean=true")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let last = try received(3, from: server)
        #expect(
            last.map { $0.components(separatedBy: "\t")[0] }.sorted() == [
                "sensors/A,B_000001", "sensors/A,B_000002", "sensors/Ω 🌡_000001",
            ]
        )
        #expect(last.allSatisfy { !$0.contains("anomaly") && !$0.contains("clean") && $0.contains("humidity") })
    }

    @Test("goes on when the broker is back, and says what may be there twice")
    func restart() throws {
        try workspace.write("dataset: {duration: 2h}\nreplicas: {count: 10}\n", to: "long.yaml")
        let server = try BrokerServer.mosquitto(workspace)
        let expected = try ExpectedMessages("long.yaml", in: workspace).addressed { "sensors/\($0)" }
        try subscribe(server)
        let url = "mqtt://localhost:\(server.port)"
        let run = try workspace.start("load", "long.yaml", url, "--batch", "16384", "--rate", "20000")
        for _ in 1...2 {
            usleep(900_000)
            try server.stop()
            usleep(300_000)
            try server.start()
        }
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("tried again") && outcome.output.contains("attempts again"), "\(outcome)")
        let messages = try received(expected.count + 5_000, from: server)
        #expect(Set(messages) == Set(expected))
        let twice = messages.count - expected.count
        let said = outcome.output.components(separatedBy: " may be there twice")
        let most = said.count < 2 ? 0 : Int((said[0].components(separatedBy: "; ").last ?? "").filter(\.isNumber)) ?? 0
        #expect(twice <= most, "\(twice) \(outcome.output)")
    }

    @Test("that is killed is finished by --resume, and says what may be there twice")
    func killed() throws {
        try workspace.write("dataset: {duration: 2h}\nreplicas: {count: 10}\n", to: "long.yaml")
        let server = try BrokerServer.mosquitto(workspace)
        let expected = try ExpectedMessages("long.yaml", in: workspace).addressed { "sensors/\($0)" }
        try subscribe(server)
        let url = "mqtt://localhost:\(server.port)"
        let run = try workspace.start("load", "long.yaml", url, "--batch", "16384", "--rate", "20000")
        try wait(of: run, or: "nothing is loaded") {
            let journals = try workspace.names().filter { $0.hasSuffix(".journal") }
            return try journals.first.map { try workspace.text($0) }?.contains("\n=") == true ? () : nil
        }
        usleep(UInt32.random(in: 0..<600_000))
        run.send(SIGKILL)
        #expect(try run.outcome().status == -SIGKILL)
        let again = try load("long.yaml", url)
        #expect(again.status == 73 && again.errors.contains("--resume finishes it"), "\(again.errors)")
        let resumed = try load("long.yaml", url, "--resume", "--json")
        #expect(resumed.status == 0, "\(resumed.errors)")
        struct Summary: Decodable { var earlier, possible_duplicates: Int }
        let summary: Summary = try resumed.decoded()
        #expect(summary.earlier >= 16_384)
        #expect(try workspace.names().filter { $0.hasSuffix(".journal") }.isEmpty)
        let messages = try received(expected.count + 20_000, from: server)
        #expect(Set(messages) == Set(expected))
        #expect(messages.count - expected.count <= summary.possible_duplicates, "\(messages.count) \(summary)")
    }

    @Test("names the sensor whose name no topic can hold")
    func hostile() throws {
        for (name, reason) in [
            ("a/b", "has a slash"), ("a+b", "has + or #"), ("a#", "has + or #"), ("$S", "begins with $"),
        ] {
            try workspace.write("sensor: {id: \"\(name)\", location: Oslo}\ndataset: {duration: 1m}\n", to: "one.yaml")
            let outcome = try load("one.yaml", "mqtt://127.0.0.1:1/{sensor_id}")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("sensor \"\(name)\": its sensor_id \"\(name)\" "), "\(outcome.errors)")
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
        let cases = [
            ("mqtt://h/a+b", "for subscribers"), ("mqtt://h/{sensr_id}", "did you mean {sensor_id}?"),
            ("mqtt://h/{sensor_id", "the brace is not closed"), ("mqtt://h:0/a", "no port from 1 to 65535"),
            ("mqtt:a", "no URL such as mqtt://localhost:1883"), ("mqtt://h/a?qso=1", "did you mean qos?"),
            ("mqtt://h/a?qos=3", "one of 1, 0, 2"), ("mqtt://h,i/a", "one host"), ("mqtt://h/%zz", "%25"),
            ("mqtt://h/a?ca=x", "ca is for mqtts://"), ("mqtts://h/a?key=x", "belong together"),
            ("mqtt://h/a --table t", "mqtt: has no --table"), ("mqtt://h/a --layout wide", "mqtt: has no --layout"),
            ("mqtt://h/a --if-exists append", "hands messages on"), ("mqtt://h/a --verify sums", "give --verify none"),
        ]
        for (line, message) in cases {
            let outcome = try workspace.run(["load", "nasty.yaml"] + line.split(separator: " ").map(String.init))
            #expect(outcome.status == 64 && outcome.errorLines.count == 1, "\(line) \(outcome.errors)")
            #expect(outcome.errors.contains(message), "\(line) \(outcome.errors)")
        }
    }

    @Test("is refused with the broker's reason, and shows no password")
    func refused() throws {
        try workspace.write("", to: "passwords")
        let entry = try workspace.shell("mosquitto_passwd -b passwords me hushhush && chmod 644 passwords")
        try #require(entry.status == 0, "\(entry.errors)")
        try workspace.write("user me\ntopic write open/#\n", to: "rights")
        let server = try BrokerServer.mosquitto(
            workspace,
            "password_file \(workspace.path("passwords"))\nacl_file \(workspace.path("rights"))"
        )
        let address = "me@127.0.0.1:\(server.port)"
        #expect(try load("nasty.yaml", "mqtt://\(address)/open/{sensor_id}", password: "hushhush").status == 0)
        for (url, password, message) in [
            ("mqtt://\(address)/open/x", "wrongone", "the password in MQTT_PASSWORD"),
            ("mqtt://\(address)/open/x?version=3.1.1", "wrongone", "the password in MQTT_PASSWORD"),
            ("mqtt://\(address)/shut/x", "hushhush", "refuses messages to \"shut/x\": Not authorized"),
            ("mqtt://127.0.0.1:1/x", "hushhush", "Connection refused"),
        ] {
            let outcome = try load("nasty.yaml", url, "-q", password: password)
            #expect(outcome.status == 74 && outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!outcome.errors.contains("hush") && outcome.errorLines.count == 1, "\(outcome.errors)")
        }
        let shown = try load("nasty.yaml", "mqtt://me:hushhush@127.0.0.1:1/x")
        #expect(shown.status == 64 && shown.errors.contains("MQTT_PASSWORD") && !shown.errors.contains("hushhush"))
    }

    @Test("is encrypted, to the broker that the certificate is of")
    func encrypted() throws {
        let keys = try workspace.shell(
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost "
                + "-addext subjectAltName=DNS:localhost 2>&1"
        )
        try #require(keys.status == 0, "\(keys.output)")
        let server = try BrokerServer.mosquitto(
            workspace,
            "allow_anonymous true\ncertfile \(workspace.path("cert.pem"))\nkeyfile \(workspace.path("key.pem"))"
        )
        let url = "mqtts://localhost:\(server.port)/x"
        #expect(try load("nasty.yaml", url + "?ca=cert.pem").status == 0)
        for other in [url, "mqtts://127.0.0.1:\(server.port)/x?ca=cert.pem"] {
            let outcome = try load("nasty.yaml", other)
            #expect(outcome.status == 74 && outcome.errorLines.count == 1, "\(outcome.errors)")
        }
    }
}
