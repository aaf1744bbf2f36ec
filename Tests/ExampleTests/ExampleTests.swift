import Foundation
import Testing

/// Every example in a comment, a catalogue or `docs/library.md` stands in `Examples.swift`, line by line, and so compiles.
@Suite("Examples in the documentation")
struct ExampleTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test("all of them are compiled")
    func compiled() throws {
        let file = Self.root.appending(path: "Tests/ExampleTests/Examples.swift")
        let compiled = Self.lines(try String(contentsOf: file, encoding: .utf8)).joined(separator: "\n")
        var count = 0
        for path in try Self.sources() {
            for example in Self.examples(of: try String(contentsOf: path, encoding: .utf8)) {
                count += 1
                #expect(compiled.contains(example), "\(path.lastPathComponent): \(example)")
            }
        }
        #expect(count >= 30)
    }

    private static func sources() throws -> [URL] {
        let folder = root.appending(path: "Sources")
        let names = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let files = (names?.allObjects ?? []).compactMap { $0 as? URL }
        return files.filter { ["swift", "md"].contains($0.pathExtension) }.sorted { $0.path < $1.path }
            + [root.appending(path: "docs/library.md")]
    }

    /// The examples of a file, without what is in front of their lines.
    private static func examples(of text: String) -> [String] {
        var (examples, current): ([String], [String]?) = ([], nil)
        for line in lines(text.replacing("///", with: "")) {
            if line == "```swift" {
                current = []
            } else if line == "```", let lines = current {
                examples.append(lines.joined(separator: "\n"))
                current = nil
            } else {
                current?.append(line)
            }
        }
        return examples
    }

    /// The lines that say something, with one space wherever there are some.
    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
    }
}
