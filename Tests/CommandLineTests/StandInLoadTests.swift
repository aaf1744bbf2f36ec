import Foundation
import Testing

/// Targets whose servers have no packages: stand-ins take what the documentation describes, and nothing else.
@Suite("A load into a stand-in", .timeLimit(.minutes(30)))
struct StandInLoadTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write("letmein\n", to: "token")
    }

    private func standIn(_ arguments: [String], port: Int) throws -> ServerProcess {
        let process = ServerProcess(["python3"] + arguments, in: workspace)
        try process.start { try workspace.shell("curl -s http://127.0.0.1:\(port)/").status == 0 }
        return process
    }

    private func expectProven(_ url: String) throws {
        for (source, duration) in [("nasty.yaml", "4h"), ("cold-chain.yaml", "1h")] {
            for labels in ["fields", "none"] {
                for proof in ["sums", "rows"] {
                    let arguments =
                        ["load", source, url, "--token-file", "token", "--verify", proof, "--duration", duration]
                        + ["--table", "readings_\(labels)_\(source.prefix(4))", "--labels", labels, "--json"]
                        + (proof == "sums" ? [] : ["--verify-only"])
                    let outcome = try workspace.run(arguments)
                    #expect(outcome.status == 0, "\(outcome.errors)")
                    #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
                }
            }
        }
    }

    @Test("of InfluxDB 2 and 3 is proven", arguments: [(2, "?org=lab&bucket=lab"), (3, "lab?version=3")])
    func influx(version: Int, place: String) throws {
        let server = try InfluxServer(workspace)
        let port = try workspace.freePort()
        let arguments = [Locations.reader("influx_standin"), String(version), String(port), String(server.port)]
        let process = try standIn(arguments, port: port)
        defer { process.stop() }
        try expectProven("influx://127.0.0.1:\(port)/\(place)")
        let closed = try workspace.run("load", "nasty.yaml", "influx://127.0.0.1:\(port)/\(place)")
        #expect(closed.status == 74 && closed.errors.contains("answers 401"), "\(closed.errors)")
    }

    @Test("of QuestDB is proven, and tells what is not as it was sent")
    func questDB() throws {
        let server = try QuestDBStandIn(workspace)
        defer { server.stop() }
        let url = server.url
        try expectProven(url)
        let other = try workspace.run(
            ["load", "nasty.yaml", url + "?gzip=true", "--token-file", "token", "--table", "more", "--seed", "9"]
        )
        #expect(other.status == 0, "\(other.errors)")
        let differing = try workspace.run(
            ["load", "nasty.yaml", url, "--token-file", "token", "--table", "more", "--verify-only"]
        )
        #expect(differing.status == 76 && differing.errors.contains(", column "), "\(differing.errors)")
        let again = ["load", "nasty.yaml", url, "--token-file", "token", "--table", "more", "--seed", "9"]
        let never = try workspace.run(again + ["--if-exists", "replace", "--create", "never"])
        #expect(never.status == 73 && never.errors.contains("--create auto does"), "\(never.errors)")
        #expect(try workspace.run(again + ["--verify-only"]).status == 0)
    }
}
