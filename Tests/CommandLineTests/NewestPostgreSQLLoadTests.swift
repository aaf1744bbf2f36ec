import Foundation
import Testing

@Suite("A load into PostgreSQL 18", .timeLimit(.minutes(30)))
struct NewestPostgreSQLLoadTests {
    private let workspace: Workspace
    private let server: PostgreSQLServer

    init() throws {
        workspace = try Workspace()
        server = try PostgreSQLServer(workspace, wheel: true)
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write(
            "dataset: {duration: 12h}\nreplicas: {count: 100}\nsimulation: {interval: 10s}\n",
            to: "long.yaml"
        )
    }

    @Test("brings every row, in each layout")
    func layouts() throws {
        #expect(try server.query("SHOW server_version").hasPrefix("18"))
        for layout in ["star", "wide", "narrow"] {
            let outcome = try workspace.run(
                ["load", "nasty.yaml", server.url(), "--layout", layout, "--table", layout, "--verify", "rows"]
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("proven: all "), "\(outcome.output)")
        }
    }

    @Test("has every reading once after client and server were killed")
    func killed() throws {
        let load = ["load", "long.yaml", server.url(), "--batch", "16384", "--resume"]
        let run = try workspace.start(load + ["--rate", "400000"])
        try server.waitForBlocks(5, of: run)
        run.send(SIGKILL)
        #expect(try run.outcome().status == -SIGKILL)
        try server.stop()
        try server.start()
        let outcome = try workspace.run(load + ["--verify", "rows", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
        #expect(!outcome.output.contains("\"earlier\":0,"), "\(outcome.output)")
        #expect(try server.query("SELECT count(*) = count(DISTINCT (time, sensor_id)) FROM readings") == "t")
    }
}
