import Foundation
import Testing

/// The tutorial and the pages of `docs/guide` run as they stand.
///
/// Their blocks in Bash and Python run one after the other in an empty folder, and each prints what the block of text right behind it
/// shows. An ellipsis there stands for anything.
@Suite("The guide", .timeLimit(.minutes(30)))
struct GuideTests {
    private static let pages: [String] = {
        let folder = Locations.package.appending(path: "docs/guide").path()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return ["tutorial.md"] + names.sorted().map { "guide/" + $0 }
    }()

    /// Commands, and what they print if the page shows it.
    private struct Block {
        var language: Substring
        var content: Substring
        var expected: Substring?
    }

    private static func blocks(of text: String) -> [Block] {
        var blocks: [Block] = []
        var isBehindBlock = false
        for (index, part) in text.split(separator: "```", omittingEmptySubsequences: false).enumerated() {
            if index.isMultiple(of: 2) {
                isBehindBlock = isBehindBlock && part.allSatisfy(\.isNewline)
                continue
            }
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            switch lines[0] {
            case "bash", "python":
                blocks.append(Block(language: lines[0], content: lines[1]))
                isBehindBlock = true
            case "text" where isBehindBlock:
                blocks[blocks.count - 1].expected = lines[1]
                isBehindBlock = false
            default: isBehindBlock = false
            }
        }
        return blocks
    }

    @Test("shows commands that work, and what they print", arguments: pages)
    func commands(page: String) throws {
        let text = try String(contentsOf: Locations.package.appending(path: "docs/" + page), encoding: .utf8)
        let blocks = Self.blocks(of: text)
        try #require(!blocks.isEmpty)
        let workspace = try Workspace()
        let mark = "--- next block ---"
        let python = "\(try Locations.python().path()) -W ignore"
        let script = blocks.map { block in
            "echo '\(mark)'\n"
                + (block.language == "bash" ? "\(block.content)" : "\(python) - <<'BLOCK'\n\(block.content)BLOCK\n")
        }
        let begin = "export PATH=\"$(dirname \"$TOOL\"):$PATH\"\nset -e\nexec 2>&1\n"
        let outcome = try workspace.shell(begin + script.joined())
        #expect(outcome.status == 0, "\(outcome.output)")
        let outputs = outcome.output.components(separatedBy: mark + "\n").dropFirst()
        for (block, output) in zip(blocks, outputs) {
            guard let expected = block.expected else { continue }
            #expect(Self.isLike(output, expected), "\(page): \(block.content)printed\n\(output)not\n\(expected)")
        }
    }

    /// Whether a text is another one in which an ellipsis stands for anything, line breaks too.
    private static func isLike(_ text: String, _ pattern: Substring) -> Bool {
        let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return text == pattern }
        guard text.hasPrefix(parts[0]) else { return false }
        var rest = text.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(parts[parts.count - 1])
    }
}
