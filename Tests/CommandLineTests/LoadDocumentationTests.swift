import Foundation
import Testing

@Suite("The page on databases", .timeLimit(.minutes(10)))
struct LoadDocumentationTests {
    @Test("has commands that work, one after the other")
    func commands() throws {
        let workspace = try Workspace()
        let server = try PostgreSQLServer(workspace)
        let store = try VictoriaMetricsServer(workspace)
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/databases.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let blocks = text.components(separatedBy: "```bash\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        #expect(blocks.count == 6)
        // What is already there is loaded again as `--resume` has it: nothing is sent.
        let script = ["export PATH=\"$(dirname \"$TOOL\"):$PATH\" \(server.variables)", "set -e"] + blocks
        let commands = script.joined(separator: "\n").replacing("127.0.0.1:8428", with: "127.0.0.1:\(store.port)")
        let outcome = try workspace.shell(commands)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all 1,296,000 readings"), "\(outcome.output)")
    }
}
