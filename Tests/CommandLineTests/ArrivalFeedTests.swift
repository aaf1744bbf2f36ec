import Foundation
import Testing

@Suite("Feeds of readings that arrive late, twice or never", .timeLimit(.minutes(30)))
struct ArrivalFeedTests {
    private let workspace: Workspace
    private let server: BrokerServer

    init() throws {
        workspace = try Workspace()
        server = try BrokerServer.mosquitto(workspace)
    }

    /// A run of five sensors, ten readings a second each.
    private func write(seconds: Int, _ delivery: String, more: String = "") throws {
        let recipe = """
            dataset: {name: live, seed: 3, start: 2025-01-01, duration: \(seconds)s}
            simulation: {interval: 100ms}
            replicas: {count: 5}
            live: {feeds: ["mqtt://localhost:\(server.port)"]}
            delivery: {\(delivery), order: arrival}
            outputs: [jsonl]
            \(more)
            """
        try workspace.write(recipe, to: "live.yaml")
    }

    /// Seconds of a time of the recipe's only day.
    private func seconds(_ time: String) throws -> Double {
        let parts = try #require(time.split(separator: "T").last).split(separator: ":").compactMap { Double($0) }
        return parts[0] * 3_600 + parts[1] * 60 + parts[2]
    }

    private func keep() throws {
        try #require(try workspace.shell("mosquitto_sub -p \(server.port) -c -i test -q 1 -t '#' -E").status == 0)
    }

    /// What the broker has kept.
    private func kept(_ count: Int) throws -> [String] {
        let line = "mosquitto_sub -p \(server.port) -c -i test -q 1 -t '#' -F '%p' -C \(count) -W 8"
        return ExpectedMessages.split(try workspace.shell(line).output)
    }

    @Test("send each when it arrives, and the database has them as they were taken")
    func arrival() throws {
        let delivery =
            "late: {share: 0.3, delay: [3s, 4s]}, loss: 0.1, duplicates: {share: 0.2, delay: [100ms, 900ms]}, "
            + "offline: {every: 4s, duration: [500ms, 1500ms]}, clock_drift: {share: 0.5, ppm: 90}"
        try write(seconds: 9, delivery)
        let expected = try ExpectedMessages("live.yaml", in: workspace).arrived(by: "2025-01-01T00:00:08.900000")
        #expect(expected.count > 250)
        let receiver = try workspace.startProgram([
            "mosquitto_sub", "-p", "\(server.port)", "-t", "#", "-F", "%U\t%p", "-C", "\(expected.count)", "-W", "40",
        ])
        usleep(300_000)
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let received = ExpectedMessages.split(try receiver.outcome().output).map { $0.components(separatedBy: "\t") }
        #expect(received.map(\.[1]) == expected)
        let lateness = try received.map { try #require(Double($0[0])) - seconds(ExpectedMessages.arrival(of: $0[1])) }
        let spread = try #require(lateness.max()) - #require(lateness.min())
        #expect(spread < 2.5, "\(spread)")
        struct Count: Decodable {
            var count: Int
            var last: String
        }
        let sql = "SELECT count(*) AS count, max(timestamp) AS last FROM sensor_data"
        let stored: [Count] = try workspace.query(sql, of: "data/sensor_data.db")
        #expect(stored[0].count == 450 && stored[0].last.hasPrefix("2025-01-01T00:00:08.9"), "\(stored)")
    }

    @Test("go on where they stood when the run is killed, with what was on its way")
    func killed() throws {
        try write(seconds: 7, "late: {share: 0.5, delay: [500ms, 3s]}, loss: 0.1, duplicates: {share: 0.1, delay: 1s}")
        try keep()
        let expected = try ExpectedMessages("live.yaml", in: workspace).arrived(by: "2025-01-01T00:00:06.900000")
        for _ in 1...3 {
            let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
            usleep(UInt32.random(in: 1_200_000..<1_700_000))
            run.send(SIGKILL)
            _ = try run.outcome()
        }
        let outcome = try workspace.run("recipe", "live.yaml", "--realtime", "-q")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let messages = try kept(2_000)
        #expect(messages.count < expected.count + 150, "\(messages.count)")
        var seen: Set<String> = []
        #expect(messages.filter { seen.insert($0).inserted } == expected)
    }

    @Test("send what is on its way before the first reading of another version of the recipe")
    func versions() throws {
        let delivery = "late: {share: 0.9, delay: [1s, 2s]}"
        try write(seconds: 8, delivery, more: "dynamic_reloading: {enabled: true}")
        try keep()
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "-q")
        try workspace.waitForReading(150, of: run)
        try write(
            seconds: 8,
            delivery,
            more: "dynamic_reloading: {enabled: true}\nnormal_parameters: {temperature: {mean: 50, max: 90}}"
        )
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        struct Version: Decodable { var count: Int }
        let versions: [Version] = try workspace.query(
            "SELECT count(*) AS count FROM live_versions",
            of: "data/sensor_data.db"
        )
        #expect(versions[0].count == 2)
        let messages = try kept(2_000)
        struct Line: Decodable {
            var sensor_id: String
            var timestamp: String
        }
        let lines = try messages.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        let taken = lines.map { "\($0.sensor_id) \($0.timestamp)" }
        // All but those of the last two seconds, each once.
        #expect(Set(taken).count == taken.count && taken.count >= 5 * 60, "\(taken.count)")
        let incomplete = (0..<60).map { "2025-01-01T00:00:0\($0 / 10).\($0 % 10)00000" }
            .filter { time in lines.count { $0.timestamp == time } != 5 }
        #expect(incomplete == [])
    }
}
