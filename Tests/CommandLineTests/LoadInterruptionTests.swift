import Foundation
import Testing

@Suite("An interrupted load into PostgreSQL", .timeLimit(.minutes(30)))
struct LoadInterruptionTests {
    private let workspace: Workspace
    private let server: PostgreSQLServer
    /// 864,000 readings, 53 blocks.
    private let recipe = "dataset: {duration: 24h}\nreplicas: {count: 100}\nsimulation: {interval: 10s}\n"

    init() throws {
        workspace = try Workspace()
        server = try PostgreSQLServer(workspace)
        try workspace.write(recipe, to: "long.yaml")
    }

    private func load(_ options: String...) throws -> Outcome {
        try workspace.run(["load", "long.yaml", server.url(), "--batch", "16384"] + options)
    }

    private func begin(_ options: String...) throws -> RunningProcess {
        try workspace.start(["load", "long.yaml", server.url(), "--batch", "16384", "--rate", "400000"] + options)
    }

    @Test("however often it is killed ends with every reading once")
    func killed() throws {
        for blocks in Moments.blocks(6, of: 53) {
            let run = try begin("--resume")
            try server.waitForBlocks(blocks, of: run)
            Moments.pause()
            run.send(SIGKILL)
            #expect(try run.outcome().status == -SIGKILL)
        }
        let incomplete = try workspace.run("load", "long.yaml", server.url(), "--verify-only")
        #expect(incomplete.status == 73 && incomplete.errors.contains("--resume finishes it"), "\(incomplete.errors)")
        #expect(try load().status == 73)
        let outcome = try load("--resume", "--verify", "rows", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
        #expect(!outcome.output.contains("\"earlier\":0,"), "\(outcome.output)")
        #expect(try server.query("SELECT count(*) = count(DISTINCT (time, sensor_id)) FROM readings") == "t")
    }

    @Test("by a signal is resumed", arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
    func signals(signal: Int32, status: Int32) throws {
        let run = try begin()
        try server.waitForBlocks(2, of: run)
        run.send(signal)
        let outcome = try run.outcome()
        #expect(outcome.status == status)
        #expect(outcome.errors.contains("are stored: --resume goes on from there"), "\(outcome.errors)")
        let resumed = try load("--resume", "--verify", "rows")
        #expect(resumed.status == 0, "\(resumed.errors)")
    }

    @Test("by the server's crash goes on when the server is back")
    func serverKilled() throws {
        let run = try begin("--verify", "rows")
        for blocks in Moments.blocks(3, of: 53) {
            try server.waitForBlocks(blocks, of: run)
            Moments.pause()
            try server.stop()
            usleep(300_000)
            try server.start()
        }
        let outcome = try run.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("attempts again"), "\(outcome.output)")
        #expect(outcome.output.contains("proven: all 864,000 readings"), "\(outcome.output)")
    }

    @Test("by a server that refuses is told, and resumed when there is room")
    func refused() throws {
        let run = try begin()
        try server.waitForBlocks(2, of: run)
        // As a disk that is full: rows are refused from now on.
        try server.query("ALTER TABLE readings ADD CONSTRAINT full_disk CHECK (temperature IS NULL) NOT VALID")
        let outcome = try run.outcome()
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("--resume goes on from there"), "\(outcome.errors)")
        try server.query("ALTER TABLE readings DROP CONSTRAINT full_disk")
        let resumed = try load("--resume", "--verify", "rows")
        #expect(resumed.status == 0, "\(resumed.errors)")
    }
}
