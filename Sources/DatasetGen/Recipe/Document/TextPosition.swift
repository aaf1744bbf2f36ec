/// A line and a column of a text, both from 1; the column counts Unicode scalars.
struct TextPosition: Hashable {
    var line = 1
    var column = 1

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The position just behind `text`.
    init(atEndOf text: some StringProtocol) {
        for character in text {
            if character.isNewline {
                line += 1
                column = 1
            } else {
                column += character.unicodeScalars.count
            }
        }
    }
}
