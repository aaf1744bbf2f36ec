import DatasetGen

/// A matrix of correlations as a picture: the stronger, the fuller its cells.
struct CorrelationChart {
    private let correlations: MetricCorrelations
    private let names: [String]

    private static let (cellWidth, cellHeight, left, top) = (84.0, 30.0, 150.0, 22.0)

    init(_ correlations: MetricCorrelations, _ schema: MetricSchema) {
        self.correlations = correlations
        names = correlations.metrics.map { schema[$0].name }
    }

    /// Writes the picture.
    func draw(in document: inout MarkupDocument) {
        let count = names.count
        let size = (
            width: Self.left + Self.cellWidth * Double(count), height: Self.top + Self.cellHeight * Double(count)
        )
        PageFigure(label: "Correlations: " + description, size: size, style: "matrix")
            .draw(in: &document) { document in
                for (index, name) in names.enumerated() {
                    let place = Double(index) + 0.5
                    document.label(
                        name.shortened(to: 13),
                        x: Self.left + place * Self.cellWidth,
                        y: 13,
                        anchor: "middle"
                    )
                    document.label(
                        name.shortened(to: 22),
                        x: Self.left - 10,
                        y: Self.top + place * Self.cellHeight + 4,
                        anchor: "end"
                    )
                }
                for row in 0..<count {
                    for column in 0..<count { drawCell(row, column, in: &document) }
                }
            }
    }

    private func drawCell(_ row: Int, _ column: Int, in document: inout MarkupDocument) {
        let (x, y) = (Self.left + Double(column) * Self.cellWidth, Self.top + Double(row) * Self.cellHeight)
        let value = correlations[row, column]
        document.box("cell", x: x + 1, y: y + 1, width: Self.cellWidth - 2, height: Self.cellHeight - 2)
        if let value, row != column {
            // A bar from the middle: its length can be compared, as a shade cannot, and the number stays legible.
            let width = value.magnitude * (Self.cellWidth - 10) / 2
            let middle = x + Self.cellWidth / 2
            document.box(
                value < 0 ? "minus" : "plus",
                x: value < 0 ? middle - width : middle,
                y: y + Self.cellHeight - 8,
                width: width,
                height: 4,
                title: "\(names[row]) and \(names[column]): \(Self.text(value))"
            )
        }
        document.label(
            value.map(Self.text) ?? "–",
            x: x + Self.cellWidth / 2,
            y: y + (row == column ? 19 : 16),
            anchor: "middle",
            style: row == column ? nil : "strong"
        )
    }

    private var description: String {
        var pairs: [(text: String, size: Double)] = []
        for row in names.indices {
            for column in 0..<row {
                guard let value = correlations[row, column] else { continue }
                pairs.append(("\(names[column]) and \(names[row]) \(Self.text(value))", value.magnitude))
            }
        }
        let strongest = pairs.enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
        return strongest.prefix(6).map(\.element.text).joined(separator: ", ")
    }

    private static func text(_ value: Double) -> String {
        let text = Readable.fixed(value, decimals: 2)
        return text.hasPrefix("-") ? "−" + text.dropFirst() : text
    }
}
