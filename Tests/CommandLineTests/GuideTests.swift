import Foundation
import Testing

/// README, the tutorial and the pages of `docs/guide` run as they stand, and what pages say of the program is so.
///
/// `scripts/check-docs` runs their blocks one after the other in an empty folder; `scripts/nightly docs` runs those of all pages.
@Suite("The guide", .timeLimit(.minutes(30)))
struct GuideTests {
    private static let pages: [String] = {
        let folder = Locations.package.appending(path: "docs/guide").path()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return ["README.md", "docs/tutorial.md"] + names.sorted().map { "docs/guide/" + $0 }
    }()

    private func check(_ argument: String) throws -> Outcome {
        try Workspace().shell("'\(Locations.package.path())scripts/check-docs' --tool \"$TOOL\" \(argument)")
    }

    @Test("shows commands that work, and what they print", arguments: pages)
    func commands(page: String) throws {
        let outcome = try check(page)
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        #expect(outcome.output.hasPrefix("ok "), "\(outcome.output)")
    }

    @Test("links to what is there, and names commands, options, keys, files and figures that are so, on all pages")
    func words() throws {
        let outcome = try check("--words")
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    }
}
