import DatasetGen
import Testing

@Suite("A recipe that is wrong")
struct RecipeErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var messages: [String]
        var testDescription: String { messages.first ?? text }

        init(_ text: String, _ messages: String...) {
            self.text = text
            self.messages = messages.map { "recipe.yaml:" + $0 }
        }
    }

    @Test(
        "is refused with every mistake and its place",
        arguments: values + keys + syntax + relations + fleets + models
    )
    func refusal(wrong: Case) {
        #expect(complaints(wrong.text) == wrong.messages)
    }

    @Test("an alias bomb is stopped")
    func aliasBomb() {
        let lines = ["a0: &a0 [x, x]"] + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        let messages = complaints(lines.joined(separator: "\n"))
        #expect(messages.count == 1)
        #expect(messages.first?.hasSuffix("the document has over 1,000,000 values") == true)
    }

    @Test("a file that is not text is refused at its first wrong byte")
    func encoding() {
        #expect(throws: RecipeErrors.self) {
            try RecipeReader()
                .read(
                    bytes: Array("a: b\n".utf8) + [0x20, 0xFF],
                    source: "recipe.yaml",
                    defaultName: "recipe"
                )
        }
        do {
            _ = try RecipeReader().read(bytes: [0x61, 0x0A, 0xC3], source: "x.yaml", defaultName: "x")
        } catch {
            #expect(error.description == "x.yaml:2:1: the file is not UTF-8 text")
        }
    }

    @Test("a message is one line, whatever the recipe holds")
    func oneLine() {
        #expect(
            complaints("\"a\\nb\": 1\nlogging: {level: \"a\\nb\"}") == [
                "recipe.yaml:1:1: a\\nb: unknown key; \(topLevelKeys)",
                "recipe.yaml:2:11: logging.level: expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, "
                    + "found the text \"a\\nb\"",
            ]
        )
    }

    @Test("five thousand groups are compared in no time", .timeLimit(.minutes(30)))
    func manyGroups() throws {
        let lines = (0..<5_000).map { "  - {id: SENSOR_\($0 + 100_000)}" }
        #expect(try readRecipe("fleet:\n" + lines.joined(separator: "\n")).sensorCount == 5_000)
        #expect(complaints("fleet:\n" + (lines + [lines[7]]).joined(separator: "\n")).count == 1)
    }

    @Test("a file beyond all measure is refused before it is read")
    func size() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: 16 << 20 | 1)
        #expect(throws: RecipeErrors.self) {
            try RecipeReader().read(bytes: bytes, source: "recipe.yaml", defaultName: "recipe")
        }
    }

    @Test("a file's stem that cannot name a dataset is refused")
    func stem() {
        #expect(throws: RecipeErrors.self) {
            try RecipeReader().read("", source: "my recipe.yaml", defaultName: "my recipe")
        }
        #expect(throws: Never.self) {
            try RecipeReader().read("dataset: {name: x}", source: "my recipe.yaml", defaultName: "my recipe")
        }
    }
}
