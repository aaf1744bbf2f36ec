/// Columns of text below a heading: the first ones, which are words, are aligned left, the others right.
struct TextTable {
    private var rows: [[String]]
    private let wordColumns: Int

    /// A table with a heading line.
    init(_ heading: [String], words wordColumns: Int = 1) {
        rows = [heading]
        self.wordColumns = wordColumns
    }

    /// Adds a line.
    mutating func add(_ row: [String]) {
        rows.append(row)
    }

    /// The lines, indented by two spaces.
    ///
    /// On a terminal that is too narrow for all columns, those that have no room come below, each time beside the first one:
    /// lines that wrap are no table.
    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let parts = Self.parts(of: widths, within: Console.terminalWidth ?? .max)
        return parts.map { columns in text(columns, widths) }.joined(separator: "\n\n")
    }

    private func text(_ columns: [Int], _ widths: [Int]) -> String {
        rows.enumerated()
            .map { number, row in
                let cells = columns.map { column in
                    let padding = String(repeating: " ", count: widths[column] - row[column].count)
                    return column < wordColumns ? row[column] + padding : padding + row[column]
                }
                let line = "  " + cells.joined(separator: "  ")
                return number == 0 ? Emphasis.heading.marking(line) : line
            }
            .joined(separator: "\n")
    }

    /// The columns that go beside one another.
    private static func parts(of widths: [Int], within limit: Int) -> [[Int]] {
        var parts: [[Int]] = []
        var (part, used) = ([0], 2 + widths[0])
        for column in widths.indices.dropFirst() {
            if used + 2 + widths[column] > limit, part.count > 1 {
                parts.append(part)
                (part, used) = ([0], 2 + widths[0])
            }
            part.append(column)
            used += 2 + widths[column]
        }
        return parts + [part]
    }
}
