import Foundation
import Testing

@Suite("The Python package", .timeLimit(.minutes(30)))
struct WheelTests {
    @Test("is the same whenever it is built, is installed from its wheel, gives frames, and raises what is wrong")
    func wheel() throws {
        let workspace = try Workspace()
        let line = """
            scripts='\(Locations.package.path())scripts'
            "$scripts/build-wheel" --tool "$TOOL" --output one && "$scripts/build-wheel" --tool "$TOOL" --output two && \
            cmp one/*.whl two/*.whl && "$scripts/test-wheel" one/*.whl
            """
        let outcome = try workspace.shell(line)
        try #require(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        #expect(outcome.output.hasSuffix("all is well\n"), "\(outcome.output)")
    }
}
