import DatasetFiles

/// The text of a learnt recipe with a last line by which it is seen whether somebody has edited it.
enum LearntText {
    private static let beginning = "# Readings like those of "
    private static let mark = "# Not edited while the text above has the digest "
    /// Digits of a digest.
    private static let digits = 16

    /// A recipe's text with that line.
    static func marked(_ text: String) -> String { text + mark + digest(Array(text.utf8)) + "\n" }

    /// Whether a file that begins like this was learnt.
    static func isLearnt(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array(beginning.utf8)) }

    /// Whether there is a learnt recipe at a path that is no longer as it was written.
    static func isEdited(_ path: String) -> Bool {
        guard InputFile.exists(path), let bytes = try? InputFile.contents(of: path), isLearnt(bytes) else {
            return false
        }
        let length = mark.utf8.count + digits + 1
        guard bytes.count > length else { return true }
        let text = Array(bytes.dropLast(length))
        return Array(bytes.suffix(length)) != Array((mark + digest(text) + "\n").utf8)
    }

    private static func digest(_ bytes: [UInt8]) -> String { String(SHA256.hash(data: bytes).hexText.prefix(digits)) }
}
