import Foundation
import Testing

/// The data of a server are on a file system of a few megabytes.
@Suite(
    "A load whose server has no more room on its disk",
    .timeLimit(.minutes(30)),
    .enabled(
        if: SmallDisk.isPossible,
        "only root may mount anything: what a load does on a full disk is not tested here"
    )
)
struct FullDiskLoadTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        // 864,000 readings, 53 blocks.
        let recipe = "dataset: {duration: 24h}\nreplicas: {count: 100}\nsimulation: {interval: 10s}\n"
        try workspace.write(recipe, to: "long.yaml")
    }

    private func load(_ url: String, _ options: [String] = []) throws -> Outcome {
        try workspace.run(["load", "long.yaml", url, "--batch", "16384"] + options)
    }

    /// The load ends with words that say why, and nobody takes it for a complete one.
    private func expectRefusal(_ url: String, _ reason: String) throws {
        let outcome = try load(url)
        #expect(outcome.status == 74, "\(outcome)")
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        #expect(outcome.errors.contains("what is stored is safe: --resume goes on from there"), "\(outcome.errors)")
        let proof = try workspace.run("load", "long.yaml", url, "--verify-only")
        #expect([73, 76].contains(proof.status), "\(proof)")
    }

    /// The load has brought every reading once.
    private func expectAll(_ outcome: Outcome) throws {
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all 864,000 readings"), "\(outcome.output)")
        try workspace.generate("long.yaml", to: "same", "--format", "csv")
        let manifest = try workspace.text("same/manifest.json")
        let digest = try #require(manifest.firstMatch(of: /"content_sha256": "([0-9a-f]{64})"/)).1
        #expect(outcome.output.contains("content_sha256 \(digest)\n"), "\(outcome.output)")
    }

    @Test("into PostgreSQL is resumed when there is room")
    func postgreSQL() throws {
        let server = try PostgreSQLServer(workspace, room: "24m")
        try server.query("CREATE DATABASE cramped TABLESPACE small")
        try expectRefusal(server.url("cramped"), "No space left on device")
        try server.disk?.grow()
        try expectAll(load(server.url("cramped"), ["--resume", "--verify", "rows"]))
    }

    @Test("into ClickHouse is resumed when there is room")
    func clickHouse() throws {
        let disk = try SmallDisk(workspace, at: workspace.path("clickhouse"), size: "8m")
        let server = try ClickHouseServer(workspace, on: disk)
        try expectRefusal(server.url(), "No space left on device")
        try disk.grow()
        try expectAll(load(server.url(), ["--resume", "--verify", "rows"]))
    }

    @Test("into InfluxDB is resumed when there is room, and the server has been started anew")
    func influx() throws {
        let disk = try SmallDisk(workspace, at: workspace.path("influx"), size: "12m")
        let server = try InfluxServer(workspace, on: disk)
        try expectRefusal(server.url(), "no space left on device")
        try disk.grow()
        server.stop()
        try server.start()
        try expectAll(load(server.url(), ["--resume", "--verify", "rows"]))
    }

    /// Without a reserve the server ends when it cannot write.
    @Test("into VictoriaMetrics goes on when there is room, and the server is back")
    func victoriaMetrics() throws {
        let disk = try SmallDisk(workspace, at: workspace.path("vm"), size: "1m")
        let server = try VictoriaMetricsServer(workspace, ["-storage.minFreeDiskSpaceBytes=1"], on: disk)
        let run = try workspace.start("load", "long.yaml", server.url, "--rate", "100000", "--verify", "rows")
        try wait(of: run, or: "the server finds room") { server.isRunning ? nil : () }
        try disk.grow()
        try server.start()
        try expectAll(run.outcome())
    }

    @Test("into VictoriaMetrics is refused where the server takes nothing more")
    func reserve() throws {
        let disk = try SmallDisk(workspace, at: workspace.path("vm"), size: "6m")
        let server = try VictoriaMetricsServer(workspace, on: disk)
        let outcome = try load(server.url)
        #expect(outcome.status == 74 && outcome.errors.contains("takes nothing: its disk is nearly full"), "\(outcome)")
    }

    @Test("into a stream of NATS is resumed when there is room, and the server has been started anew")
    func jetStream() throws {
        let disk = try SmallDisk(workspace, at: workspace.path("streams"), size: "4m")
        let server = try BrokerServer.nats(workspace, on: disk)
        try workspace.write(
            "dataset: {duration: 2h}\nreplicas: {count: 20}\nsimulation: {interval: 10s}\n",
            to: "short.yaml"
        )
        let client = [Locations.reader("nats_client"), "\(server.port)"]
        let added = try RunningProcess(Locations.python(), client + ["add", "lab", "sensors.*"], in: workspace.folder)
        #expect(try added.outcome().status == 0)
        let arguments = ["load", "short.yaml", "nats://localhost:\(server.port)?jetstream=on"]
        let refused = try workspace.run(arguments)
        #expect(refused.status == 74, "\(refused)")
        #expect(refused.errors.contains("the stream refuses a message: insufficient resources"), "\(refused.errors)")
        try disk.grow()
        try server.stop()
        try server.start()
        let resumed = try workspace.run(arguments + ["--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        let stored = try RunningProcess(Locations.python(), client + ["stream", "lab"], in: workspace.folder).outcome()
        let expected = try ExpectedMessages("short.yaml", in: workspace).addressed { "sensors.\($0)" }
        #expect(ExpectedMessages.split(stored.output).sorted() == expected.sorted())
    }
}
