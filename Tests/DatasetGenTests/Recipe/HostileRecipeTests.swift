import DatasetGen
import Testing

/// Recipes that shall cost time or memory, or that come from somewhere odd.
@Suite("A hostile recipe", .timeLimit(.minutes(30)))
struct HostileRecipeTests {
    /// The lines that bytes are refused with.
    private func complaints(_ bytes: [UInt8]) -> [String] {
        do {
            _ = try RecipeReader().read(bytes: bytes, source: "recipe.yaml", defaultName: "recipe")
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    private func complaints(_ text: String) -> [String] { complaints(Array(text.utf8)) }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var message: String
        var testDescription: String { message }

        init(_ text: String, _ message: String) {
            self.text = text
            self.message = message
        }
    }

    private static let longExcerpt = "expected a section, found " + repeated("x", 60) + "…"

    private static let indented = (0..<100).map { "\(repeated(" ", $0))a:\n" }.joined()

    static let costly: [Case] = [
        Case(repeated("[", 100_000), "nested"),
        Case(repeated("{a: ", 100_000), "nested"),
        Case(repeated("- ", 100_000), "nested"),
        Case(indented, "values are nested more than 64 levels deep"),
        Case("{\"a\":\(repeated("[", 100_000))", "nested"),
        Case(repeated("%TAG !a! x:\n", 101), "over 100 lines begin with %"),
        Case("? \(repeated("x", 300))\n: 1", "a key is longer than 256 bytes"),
        Case(repeated("x", 10 << 20), longExcerpt),
        Case("sensor: {id: \"\(repeated("y", 10 << 20))\"}", "sensor.id: the text is longer than 256 bytes"),
        Case("sensor: {timezone: \(repeated("z", 1_000))}", "expected an IANA time zone"),
        Case("sensor: {firmware_version: 1.0-\(repeated("z", 1_000))}", "expected a version"),
        Case("identity: \(repeated("p", 5_000))", "identity: the text is longer than 4096 bytes"),
        Case("identity: \"a\\0b\"", "identity: the text has a control character or a line break"),
        Case("a: \(repeated("[],", 1_000))", "did not find expected"),
        Case("a: [\(repeated("0,", 1_100_000))]", "the document has over 1,000,000 values"),
        Case("a\0b: 1", "control characters are not allowed"),
        Case("sensor: !python/object:os.system {id: x}", "the tag !python/object:os.system has no meaning"),
        Case("sensor: {model: \"\\ud83d\"}", "invalid Unicode character escape code"),
    ]

    @Test("is refused in one line, soon", arguments: costly)
    func refusal(wrong: Case) {
        let lines = complaints(wrong.text)
        #expect(lines.count == 1)
        #expect(lines.first?.contains(wrong.message) == true, "\(lines.first ?? "accepted")")
        #expect((lines.first?.utf8.count ?? 0) < 1_000)
    }

    @Test("cannot make aliases of aliases expand, not even as keys, which are compared", arguments: ["*a40", "[*a40]"])
    func aliasAsKey(key: String) {
        let lines =
            ["a0: &a0 [x, x]"] + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" } + ["? \(key)\n: 1"]
        let messages = complaints(lines.joined(separator: "\n"))
        #expect(messages.count == 1)
        #expect(messages.first?.hasSuffix("the document has over 1,000,000 values") == true)
    }

    @Test("keeps its depth when it hides behind aliases")
    func depthByAlias() {
        let deep = { (inner: String) in Self.repeated("[", 40) + inner + Self.repeated("]", 40) }
        let messages = complaints("a: &a \(deep("x"))\nb: \(deep("*a"))")
        #expect(messages.count == 1)
        #expect(messages.first?.hasSuffix("values are nested more than 64 levels deep") == true)
    }

    @Test("with a hundred thousand mistakes gets a hundred lines, and their number")
    func manyMistakes() {
        let messages = complaints((0..<100_000).map { "key\($0): 1" }.joined(separator: "\n"))
        #expect(messages.count == 101)
        #expect(messages.last == "99900 more mistakes are not listed")
    }

    @Test("with many repeated keys is read once")
    func repeatedKeys() {
        let messages = complaints(Self.repeated("seed: 1\n", 50_000))
        #expect(messages.count == 101)
        #expect(messages[1] == "recipe.yaml:3:1: seed: the key is repeated; it stands at recipe.yaml:1:1 first")
    }

    static let extremes: [Case] = [
        Case("replicas: {count: 1000000000000000000}", "is not between 1 and 10000000"),
        Case("replicas: {count: 99999999999999999999999}", "is not between 1 and 10000000"),
        Case("replicas: {count: -1}", "is not between 1 and 10000000"),
        Case("replicas: {count: .inf}", "expected a whole number"),
        Case("replicas: {start_index: 9223372036854775807}", "is not between 0 and 1000000000"),
        Case("dataset: {duration: 99999999999999w}", "is longer than 109800d, the most that is possible"),
        Case("dataset: {duration: 9223372036854775807us}", "is longer than 109800d"),
        Case("dataset: {duration: 1e18}", "expected a duration"),
        Case("dataset: {start: 9999-99-99}", "expected a time"),
        Case("simulation: {interval: 1e-30s}", "expected an interval"),
        Case("simulation: {interval: 1/9223372036854775807s}", "interval"),
        Case("simulation: {readings_per_second: 1e-18}", "readings_per_second"),
        Case("simulation: {readings_per_second: 1e400}", "readings_per_second"),
        Case("anomalies: {probability: -0.0000001}", "is not between 0 and 1"),
        Case("anomalies: {probability: 1e400}", "expected a number from 0 to 1"),
        Case("anomalies: {types: {spike: {weight: 1e309}}}", "expected a number"),
        Case("anomalies: {phases: [{at: 9e18, probability: 0}]}", "expected an offset"),
        Case("normal_parameters: {voltage: {mean: .nan}}", "expected a number"),
        Case("normal_parameters: {voltage: {resolution: 1e-18}}", "expected a step"),
        Case("random_location: {number_of_cities: 1000000000000}", "is not between"),
    ]

    @Test("asks for more than there can be", arguments: extremes)
    func extreme(wrong: Case) {
        let lines = complaints(wrong.text)
        #expect(lines.count == 1)
        #expect(lines.first?.contains(wrong.message) == true, "\(lines.first ?? "accepted")")
    }

    @Test("in UTF-16 is named so; a mark before UTF-8 and line ends of Windows do not matter")
    func encodings() throws {
        for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
            #expect(complaints(mark + [0x61, 0]) == ["recipe.yaml:1:1: the file is UTF-16 text; save it as UTF-8"])
        }
        let text = "dataset:\r\n  seed: 7\r\nsensr: 1\r\n"
        #expect(complaints([0xEF, 0xBB, 0xBF] + Array(text.utf8)).first?.hasPrefix("recipe.yaml:3:1: sensr:") == true)
        #expect(complaints([0xEF, 0xBB, 0xBF] + Array("sensr: 1".utf8)).first?.hasPrefix("recipe.yaml:1:1: ") == true)
        // U+FFFD and marks that combine with it are text like any other.
        #expect(
            complaints(Array("a: \u{FFFD}\nb: ".utf8) + [0xFF, 0xCC, 0x81]) == [
                "recipe.yaml:2:4: the file is not UTF-8 text"
            ]
        )
    }

    @Test("cannot write to the terminal")
    func controls() {
        let messages = complaints("\"a\\e[31m\\u202Eb\": 1")
        #expect(messages.first?.hasPrefix("recipe.yaml:1:1: a\\u{1b}[31m\\u{202e}b: unknown key") == true)
    }

    @Test("or identity in JSON may escape characters beyond U+FFFF in halves, and places stay right")
    func surrogatePairs() throws {
        let sensor = #"{"sensor": {"id": "\ud83c\udf21 \\ud83c\\udf21", "model": "\uD83D\uDE00"}"#
        let wrong = sensor + ", \"sensr\": 1}"
        let column = sensor.utf8.count + 3
        #expect(complaints(wrong).first?.hasPrefix("recipe.yaml:1:\(column): sensr:") == true, "\(complaints(wrong))")
        let group = try readRecipe(sensor + "}").groups[0]
        #expect(group.naming == .fixed(#"🌡 \ud83c\udf21"#))
        #expect(group.model == "😀")
    }
}
