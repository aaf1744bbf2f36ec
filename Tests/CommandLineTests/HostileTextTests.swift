import Foundation
import Testing

@Suite("Text that breaks careless readers", .timeLimit(.minutes(30)))
struct HostileTextTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Quotes, separators, formulas, marks of direction, what looks like a number or like nothing; 256 bytes at most.
    private static let texts = [
        "=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(A1)", "=\"a\"&\"b\"", "\"", "\"\"\"", "a,b;c|d",
        "'; DROP TABLE sensor_data; --",
        "\\", "\\n", "a\\", "{\"a\": [1]}", "NULL", "null", "nan", "N/A", "true", "0012", "1e5", "0x10", "2025-01-01",
        " padded ",
        "#comment", "<b>&amp;</b>", "%s%n", "$(id)", "`id`", "\u{2028}line\u{2029}end", "\u{FEFF}mark",
        "\u{202E}desrever",
        "\u{200B}", "e\u{301}", "\u{E000}", "👩🏽‍🚀", "\u{10FFFD}", String(repeating: "é", count: 128),
    ]

    @Test("comes through every format as it is, to Python and DuckDB")
    func fidelity() throws {
        let identities = Self.texts.enumerated()
            .map { index, text in
                let quoted = Self.quoted(text)
                return
                    "- {id: \(Self.quoted("\(index) " + String(text.prefix(100)))), location: {city: \(quoted), state: \(quoted), "
                    + "country: \(quoted)}, type: \(quoted), manufacturer: \(quoted), model: \(quoted), "
                    + "serial_number: \(quoted), deployment_type: \(quoted), instance_id: \(quoted)}"
            }
        let recipe = "dataset: {name: texts, duration: 3s}\nanomalies: {enabled: false}\nfleet:\n"
        try workspace.write(recipe + identities.joined(separator: "\n"), to: "texts.yaml")
        try workspace.generate("texts.yaml", to: "out")
        let expected = Self.texts.map { Self.quoted($0) }.joined(separator: ",")
        try workspace.write("[\(expected)]", to: "texts.json")
        let findings: Findings = try workspace.read(with: "texts", workspace.path("out"), workspace.path("texts.json"))
        #expect(findings.problems == [])
        #expect(findings["cells"] > Self.texts.count * 25)
        let verification = try workspace.run("verify", "out")
        #expect(verification.status == 0, "\(verification.errors)")
        #expect(try workspace.run("audit", "out", "--format", "csv").status == 0)
        #expect(try workspace.run("audit", "out", "--format", "jsonl").status == 0)
        // The dataset's own recipe makes it again.
        try workspace.generate("out/recipe.yaml", to: "again")
        #expect(try workspace.differences("out", "again") == [])
    }

    @Test(
        "is refused where no reader could have it, with line, column and key",
        arguments: [
            ("a\\nb", "control character"), ("a\\rb", "control character"), ("a\\tb", "control character"),
            ("a\\0b", "control character"), ("a\\x85b", "control character"), ("\\uffff", "no character"),
            (String(repeating: "x", count: 257), "longer than 256 bytes"), ("", "the text is empty"),
        ]
    )
    func refusal(text: String, reason: String) throws {
        for key in ["id", "type", "city", "country", "manufacturer", "model", "serial_number", "deployment_type"] {
            try workspace.write("sensor:\n  \(key): \"\(text)\"\n", to: "recipe.yaml")
            let outcome = try workspace.run("recipes", "check", "recipe.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errorLines.count == 1)
            #expect(outcome.errors.hasPrefix("error: recipe.yaml:2:3: sensor.\(key): the text "), "\(outcome.errors)")
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
    }

    /// A text in double quotes, as JSON and YAML both read it.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\u{2028}", "\u{2029}", "\u{FEFF}": "\\u" + String(scalar.value, radix: 16)
            default: String(Character(scalar))
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
