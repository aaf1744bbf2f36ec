import DatasetGen
import Testing

@Suite("JSON")
struct JSONValueTests {
    @Test(
        "is read as RFC 8259 has it, and as nothing else",
        arguments: [
            "01", "-", "+1", ".5", "1.", "1e", "0x10", "0x1p3", "nan", "inf", "Infinity", "1e400", "True", "nul", "",
            "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\n\"", "\"\\u+123\"", "\"\\u12\"", "\"a\nb\"", "\"\u{1}\"",
            "'a'",
            "{\"a\" 1}", "{a: 1}", "[1,]", "{\"a\": 1,}", "[1 2]", "1 2", "[", "\"", "\\",
        ]
    )
    func refusal(text: String) {
        #expect(JSONValue(parsing: Array(text.utf8)) == nil)
    }

    @Test(
        "keeps what it reads",
        arguments: ["0", "-0", "1.50", "-1E+2", "1e-400", "18446744073709551616", "true", "null", "[]", "{}", "\"é\""]
    )
    func literals(text: String) {
        #expect(JSONValue(parsing: Array(text.utf8))?.compactText == text)
    }

    @Test("joins the halves of characters beyond U+FFFF")
    func surrogatePairs() {
        #expect(JSONValue(parsing: Array("\"\\ud83d\\uDE00\"".utf8)) == .string("😀"))
    }

    @Test("has an end to its depth")
    func depth() {
        let nested = { (depth: Int) in
            JSONValue(
                parsing: [UInt8](repeating: UInt8(ascii: "["), count: depth)
                    + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
            )
        }
        #expect(nested(101) != nil)
        #expect(nested(102) == nil)
        #expect(nested(1_000_000) == nil)
    }
}
