internal import Yams

/// Composes a document in which keys may be repeated.
///
/// Yams stops at the first map that repeats a key and tells only where the key stands first. To report every repeated
/// key together with all else that is wrong, the first one is overwritten, in a copy of the text, by private-use
/// characters of the same length; positions stay, composing goes on, and ``keyNames`` gives the key its name back.
struct RepeatedKeyRepair {
    /// The original names of the keys that were overwritten, by position.
    private(set) var keyNames: [TextPosition: String] = [:]
    private var lines: [String]

    init(text: String) {
        // A quoted scalar may span lines; a key of a map may not, so that a line holds a key as a whole.
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        self.text = text
    }

    private var text: String

    /// The document's root, or nil if the text is empty.
    mutating func compose() throws(YamlError) -> Yams.Node? {
        while true {
            do {
                // The basic resolver leaves the types of scalars to us.
                return try Yams.compose(yaml: text, .basic, .default, .utf8)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                guard let name = names.first, overwrite(name, at: context.mark) else {
                    throw .duplicatedKeysInMapping(duplicates: names, context: context)
                }
            } catch let error as YamlError {
                throw error
            } catch {
                throw .reader(problem: "\(error)", offset: nil, value: -1, yaml: "")
            }
        }
    }

    /// Overwrites the key at a mark; false if the text there is not the plain key or the limit is reached.
    private mutating func overwrite(_ name: String, at mark: Mark) -> Bool {
        guard keyNames.count < YAMLDocument.Limit.repeatedKeys, lines.indices.contains(mark.line - 1) else {
            return false
        }
        var scalars = Array(lines[mark.line - 1].unicodeScalars)
        var start = mark.column - 1
        if start < scalars.count, scalars[start] == "\"" || scalars[start] == "'" { start += 1 }
        let end = start + name.unicodeScalars.count
        guard end <= scalars.count, name.unicodeScalars.elementsEqual(scalars[start..<end]),
            let filler = Unicode.Scalar(0xE000 + UInt32(keyNames.count))
        else { return false }
        scalars.replaceSubrange(start..<end, with: repeatElement(filler, count: end - start))
        lines[mark.line - 1] = String(String.UnicodeScalarView(scalars))
        text = lines.joined(separator: "\n")
        keyNames[TextPosition(line: mark.line, column: mark.column)] = name
        return true
    }
}
