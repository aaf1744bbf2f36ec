import Foundation
import Testing

@Suite("The network", .timeLimit(.minutes(30)))
struct NetworkTests {
    /// Whether calls of the system can be watched here; containers may forbid it.
    static let canTrace = (try? Workspace().shell("strace -f -o /dev/null true").status) == 0

    @Test("is not touched by any command without --realtime and --monitor", .enabled(if: canTrace))
    func silence() throws {
        let workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
        let commands = [
            "recipe small.yaml -o set", "recipe small.yaml --dry-run", "verify set", "audit set", "describe set",
            "identity --seed 1", "recipes check small.yaml",
        ]
        for command in commands {
            let line = "strace -f -qq -e trace=network -e signal=none -o calls \"$TOOL\" \(command) >/dev/null"
            #expect(try workspace.shell(line).status == 0, "\(command)")
            #expect(try workspace.text("calls") == "", "\(command)")
        }
        // The trace does show calls where there are some.
        let trace = "strace -f -qq -e trace=network -o calls timeout -s INT 2 \"$TOOL\" "
        _ = try workspace.shell(trace + "recipe small.yaml --realtime --set monitoring.enabled=true >/dev/null 2>&1")
        #expect(try workspace.text("calls").contains("bind("))
    }
}
