import DatasetGen

/// A table of a page.
struct PageTable {
    /// What is in a cell.
    enum Cell {
        /// Words.
        case text(String)
        /// Words that take as many lines as they need.
        case long(String)
        /// What is typed: a digest, a file.
        case code(String)
        /// A number, with its unit.
        case number(String)
        /// A type of anomaly, with its colour.
        case type(AnomalyType)
        /// A picture, or whatever else there is.
        case other((inout MarkupDocument) -> Void)
    }

    /// What it is a table of.
    let caption: String
    /// The headings of the columns, and whether these hold numbers.
    let columns: [(name: String, isNumber: Bool)]
    /// The rows; the first cell of each is its heading.
    var rows: [[Cell]] = []
    /// Whether the last row is what the others come to.
    var hasTotal = false

    /// Writes the table, in a frame that scrolls where there is no room.
    func draw(in document: inout MarkupDocument) {
        document.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) {
            document in
            document.element("table") { document in
                document.element("caption", text: caption)
                document.element("thead") { document in
                    document.element("tr") { document in
                        for column in columns {
                            document.element(
                                "th",
                                column.isNumber ? ["scope": "col", "class": "number"] : ["scope": "col"],
                                text: column.name
                            )
                        }
                    }
                }
                document.element("tbody") { document in
                    for (index, row) in rows.enumerated() {
                        let isTotal = hasTotal && index == rows.count - 1
                        document.element("tr", isTotal ? ["class": "total"] : [:]) { document in
                            for (column, cell) in row.enumerated() { draw(cell, isHeading: column == 0, in: &document) }
                        }
                    }
                }
            }
        }
    }

    private func draw(_ cell: Cell, isHeading: Bool, in document: inout MarkupDocument) {
        let name = isHeading ? "th" : "td"
        func attributes(_ style: String?) -> KeyValuePairs<String, String> {
            switch (isHeading, style) {
            case (true, let style?): ["scope": "row", "class": style]
            case (true, nil): ["scope": "row"]
            case (false, let style?): ["class": style]
            case (false, nil): [:]
            }
        }
        switch cell {
        case .text(let text): document.element(name, attributes(nil), text: text)
        case .long(let text): document.element(name, attributes("wrap"), text: text)
        case .code(let text): document.element(name, attributes("code"), text: text)
        case .number(let text): document.element(name, attributes("number"), text: text)
        case .type(let type):
            document.element(name, attributes(nil)) { document in
                PageLegend.mark("t-" + type.name, in: &document)
                document.text(type.name)
            }
        case .other(let content): document.element(name, attributes(nil), content: content)
        }
    }
}
