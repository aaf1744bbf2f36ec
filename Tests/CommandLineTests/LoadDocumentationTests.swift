import Foundation
import Testing

@Suite("The page on databases", .timeLimit(.minutes(30)))
struct LoadDocumentationTests {
    @Test("has commands that work, one after the other")
    func commands() throws {
        let workspace = try Workspace()
        let server = try PostgreSQLServer(workspace)
        let store = try VictoriaMetricsServer(workspace)
        let (influx, clickHouse) = (try InfluxServer(workspace), try ClickHouseServer(workspace))
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/databases.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let blocks = text.components(separatedBy: "```bash\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        #expect(blocks.count == 10)
        // What is already there is loaded again as `--resume` has it: nothing is sent.
        let begin = ["export PATH=\"$(dirname \"$TOOL\"):$PATH\" \(server.variables)", "set -e"]
        let script = (begin + blocks).joined(separator: "\n")
            .replacing("localhost:8086", with: "127.0.0.1:\(influx.port)")
            .replacing("-host localhost -port 8086", with: "-host 127.0.0.1 -port \(influx.port)")
            .replacing("127.0.0.1:8428", with: "127.0.0.1:\(store.port)")
            .replacing("localhost:8123", with: "127.0.0.1:\(clickHouse.port)")
        let outcome = try workspace.shell(script)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all 1,296,000 readings"), "\(outcome.output)")
    }
}
