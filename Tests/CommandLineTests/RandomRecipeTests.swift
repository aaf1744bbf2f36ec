import Foundation
import Testing

/// What holds of every recipe, tried on recipes that nobody has thought of.
@Suite("Recipes made at random", .timeLimit(.minutes(30)))
struct RandomRecipeTests {
    @Test("complete, verify, audit, describe, regenerate and keep their rows, or are refused in words")
    func promises() throws {
        let workspace = try Workspace()
        let program = Locations.package.appending(path: "scripts/random-recipes").path()
        // Beside other tests a command takes longer than alone.
        let arguments = [program, "--tool", Locations.tool.path(), "--count", "50", "--seed", "1", "--pace", "10"]
        let environment = ["PYTHONDONTWRITEBYTECODE": "1"]
        let python = try Locations.python()
        let process = try RunningProcess(python, arguments, in: workspace.folder, environment: environment)
        let outcome = try process.outcome(within: 1_200)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("50 recipes accepted"))
    }
}
