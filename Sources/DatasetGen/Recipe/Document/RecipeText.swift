/// The bytes of a recipe or an identity, made ready for libyaml.
struct RecipeText {
    /// UTF-8 without a byte order mark.
    let bytes: [UInt8]

    /// Checks size, encoding and directives.
    init(_ file: [UInt8]) throws(YAMLProblem) {
        let start = TextPosition(line: 1, column: 1)
        guard file.count <= YAMLDocument.Limit.bytes else {
            throw YAMLProblem(position: start, message: "the file is larger than 16 MiB")
        }
        for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] where file.starts(with: mark) {
            throw YAMLProblem(position: start, message: "the file is UTF-16 text; save it as UTF-8")
        }
        let text = file.starts(with: Self.byteOrderMark) ? Array(file.dropFirst(Self.byteOrderMark.count)) : file
        do {
            _ = try UTF8Span(validating: text.span)
        } catch {
            let valid = String(decoding: text[..<error.byteOffsets.lowerBound], as: UTF8.self)
            throw YAMLProblem(position: TextPosition(atEndOf: valid), message: "the file is not UTF-8 text")
        }
        try Self.checkDirectives(text)
        bytes = SurrogatePairs.joined(in: text)
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// libyaml compares each `%TAG` with all before it: many would take for ever.
    private static func checkDirectives(_ text: [UInt8]) throws(YAMLProblem) {
        var (line, count, isStart) = (1, 0, true)
        for byte in text {
            if isStart, byte == UInt8(ascii: "%") {
                count += 1
                if count > YAMLDocument.Limit.directives {
                    throw YAMLProblem(
                        position: TextPosition(line: line, column: 1),
                        message: "over \(YAMLDocument.Limit.directives) lines begin with %, as YAML's directives do"
                    )
                }
            }
            isStart = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\n") { line += 1 }
        }
    }
}
