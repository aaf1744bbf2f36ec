/// A line of a text that is not YAML, for what libyaml finds wrong and does not name.
struct YAMLLine {
    private let text: String

    /// The line of that number, from 1.
    init(number: Int, of bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
        text = number <= lines.count ? String(decoding: lines[number - 1], as: UTF8.self) : ""
    }

    /// What is wrong at a column, from 1, in words that a user of YAML knows; nil where libyaml's own say it.
    func cause(ofProblemAt column: Int) -> String? {
        if text.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
            return "the line begins with a tab; YAML is indented by spaces"
        }
        let sign = text.unicodeScalars.dropFirst(max(0, column - 1)).first ?? " "
        return switch sign {
        case "\t": "a tab stands before a value; write spaces"
        case "@", "`", "%": "a text that begins with \(sign) needs quotes"
        default: nil
        }
    }
}
