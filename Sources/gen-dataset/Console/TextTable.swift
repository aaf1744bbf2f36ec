/// Columns of text: the first ones, which are words, are aligned left, the others right.
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
    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return
            rows.map { row in
                let cells = row.enumerated()
                    .map { column, cell in
                        let padding = String(repeating: " ", count: widths[column] - cell.count)
                        return column < wordColumns ? cell + padding : padding + cell
                    }
                return "  " + cells.joined(separator: "  ")
            }
            .joined(separator: "\n")
    }
}
