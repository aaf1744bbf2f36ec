import Foundation
import Testing

@Suite("An interrupted load into VictoriaMetrics", .timeLimit(.minutes(30)))
struct VictoriaMetricsInterruptionTests {
    private let workspace: Workspace
    private let server: VictoriaMetricsServer

    init() throws {
        workspace = try Workspace()
        server = try VictoriaMetricsServer(workspace)
        // 864,000 readings, 53 blocks.
        let recipe = "dataset: {duration: 24h}\nreplicas: {count: 100}\nsimulation: {interval: 10s}\n"
        try workspace.write(recipe, to: "long.yaml")
    }

    private func load(_ options: String...) throws -> Outcome {
        try workspace.run(["load", "long.yaml", server.url, "--journal", "load.journal"] + options)
    }

    private func begin(_ options: String...) throws -> RunningProcess {
        let options = ["--journal", "load.journal", "--batch", "16384", "--rate", "400000"] + options
        return try workspace.start(["load", "long.yaml", server.url] + options)
    }

    private func waitForBlocks(_ count: Int, of run: RunningProcess) throws {
        try wait(of: run, or: "nothing is loaded") {
            let lines = (try? workspace.text("load.journal"))?.split(separator: "\n") ?? []
            return lines.filter { $0.hasPrefix("=") }.count >= count ? () : nil
        }
    }

    private func expectAll(_ outcome: Outcome) throws {
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all 864,000 readings"), "\(outcome.output)")
        #expect(try server.count("sensor_data_anomaly_type") == 864_000)
        #expect(!workspace.exists("load.journal"))
    }

    /// A server that is killed may have lost what it was merging, or its index of samples that it has on the disk: then samples
    /// are missing or come twice, and a proof without a load says which.
    private func expectAllOrTold(_ outcome: Outcome) throws {
        if outcome.status == 76 {
            #expect(outcome.errors.contains("sensor \"SENSOR_0000"), "\(outcome.errors)")
        } else {
            try expectAll(outcome)
        }
    }

    @Test("however often it is killed ends with every sample once")
    func killed() throws {
        for blocks in Moments.blocks(5, of: 53) {
            let run = try begin("--resume")
            try waitForBlocks(blocks, of: run)
            Moments.pause()
            run.send(SIGKILL)
            #expect(try run.outcome().status == -SIGKILL)
        }
        #expect(try load().errors.contains("--resume finishes it"))
        let other = try load("--resume", "--seed", "9")
        #expect(other.status == 73 && other.errors.contains("dataset.seed"), "\(other.errors)")
        let unproven = try workspace.run("load", "long.yaml", server.url, "--verify-only")
        #expect(unproven.status == 76, "\(unproven.errors)")
        try expectAll(load("--resume", "--verify", "rows"))
    }

    @Test("by the server's crash brings again what the server had only in its memory")
    func serverKilled() throws {
        let run = try begin("--verify", "rows")
        for blocks in Moments.blocks(3, of: 53) {
            try waitForBlocks(blocks, of: run)
            Moments.pause()
            try server.kill()
            usleep(200_000)
            try server.start()
        }
        try expectAll(run.outcome())
    }

    @Test("by the end of both is resumed, whatever the server had only in its memory")
    func bothKilled() throws {
        let run = try begin()
        try waitForBlocks(20, of: run)
        run.send(SIGKILL)
        try server.kill()
        #expect(try run.outcome().status == -SIGKILL)
        sleep(3)
        try server.start()
        #expect(try server.count("sensor_data_anomaly_type") < 20 * 16_384)
        try expectAll(load("--resume", "--verify", "rows"))
    }

    /// Both ends in the middle of the proof, then the server loses a sensor, and has samples of another one twice.
    @Test("that is not proven yet is resumed, whatever the server has lost or doubled since")
    func mended() throws {
        let port = try workspace.freePort()
        let words = ["python3", Locations.reader("gate"), String(port), String(server.port), "/api/v1/export"]
        let gate = ServerProcess(words, in: workspace)
        try gate.start { try workspace.shell("curl -s http://127.0.0.1:\(port)/").status == 0 }
        defer { gate.stop() }
        let arguments = ["load", "short.yaml", "victoriametrics://127.0.0.1:\(port)", "--journal", "load.journal"]
        let recipe = "dataset: {duration: 6h}\nreplicas: {count: 20}\nsimulation: {interval: 10s}\n"
        try workspace.write(recipe, to: "short.yaml")
        let run = try workspace.start(arguments)
        try wait(seconds: 240, of: run, or: "nothing is proven") { workspace.exists("reached") ? () : nil }
        run.send(SIGKILL)
        #expect(try run.outcome().status == -SIGKILL)
        try workspace.write("", to: "open")
        let series =
            "/api/v1/export?match[]=%7B__name__%3D%22sensor_data_humidity%22%2Csensor_id%3D%22SENSOR_000007%22%7D"
        try server.put(try server.ask(series, "-g"))
        let lost = "/api/v1/admin/tsdb/delete_series?match[]=%7Bsensor_id%3D%22SENSOR_000003%22%7D"
        try server.ask(lost, "-g")
        #expect(try server.count("sensor_data_anomaly_type") == 41_040)
        let outcome = try workspace.run(arguments + ["--resume", "--verify", "rows"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all 43,200 readings"), "\(outcome.output)")
        #expect(try server.count("sensor_data_anomaly_type") == 43_200)
        #expect(!workspace.exists("load.journal"))
    }

    @Test("by a signal is resumed")
    func signal() throws {
        let run = try begin()
        try waitForBlocks(2, of: run)
        run.send(SIGINT)
        let outcome = try run.outcome()
        #expect(outcome.status == 130)
        #expect(outcome.errors.contains("are stored: --resume goes on from there"), "\(outcome.errors)")
        try expectAll(load("--resume", "--verify", "rows"))
    }

    @Test("that is complete outlasts the server's crash, or what the server has lost is told")
    func complete() throws {
        #expect(try load("--verify", "none").status == 0)
        try server.kill()
        try server.start()
        let outcome = try workspace.run("load", "long.yaml", server.url, "--verify-only", "--verify", "rows")
        try expectAllOrTold(outcome)
    }
}
