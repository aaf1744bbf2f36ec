import DatasetFiles
import DatasetFormats
import DatasetGen

/// Whether a column of the current row is what the writer stores: of the same type, and the same to the last byte.
///
/// A text may hold a NUL that C's functions end at, and a BLOB is no text, whatever its bytes.
extension SQLiteStatement {
    /// Whether it is this text.
    func holds(_ column: Int32, _ text: String) -> Bool { holds(column, text.utf8Span.span) }

    /// Whether it is this whole number.
    func holds(_ column: Int32, _ number: Int64) -> Bool { type(column) == .integer && integer(column) == number }

    /// Whether it is this number.
    func holds(_ column: Int32, _ number: Double) -> Bool {
        // A zero has a sign that readers show.
        type(column) == .real && double(column).bitPattern == number.bitPattern
    }

    /// Whether it is a value of a small table.
    func holds(_ column: Int32, _ value: TableValue) -> Bool {
        switch value {
        case .null: type(column) == .null
        case .integer(let number): holds(column, number)
        case .decimal(let number): holds(column, number.double)
        case .time(let time, let style): holds(column, style.text(of: time))
        case .text(let text): holds(column, text)
        }
    }

    /// The whole text of a column; nil if it is none.
    func wholeText(_ column: Int32) -> String? {
        guard type(column) == .text else { return nil }
        return withText(column) { $0.string(0..<$0.count) }
    }

    /// A value as a message shows it; nil for NULL.
    func shown(_ column: Int32) -> String? {
        switch type(column) {
        case .text: wholeText(column)
        case .blob: "a BLOB"
        default: text(column)
        }
    }
}
