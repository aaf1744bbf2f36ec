/// A bar of shares in a row of a table.
struct ShareBar {
    /// What it shows.
    let label: String
    /// Classes, and shares of the bar, from the left.
    let parts: [(style: String, share: Double)]
    /// Where a line stands; nil for none.
    let mark: Double?

    private static let (width, height) = (220.0, 12.0)

    /// Writes the bar.
    func draw(in document: inout MarkupDocument) {
        PageFigure(label: label, size: (Self.width, Self.height), style: "bar")
            .drawPicture(in: &document) { document in
                document.box("track", x: 0, y: 2, width: Self.width, height: 8)
                var left = 0.0
                for part in parts where part.share > 0 {
                    let width = min(part.share, 1) * (Self.width - 2)
                    document.box(part.style, x: left, y: 2, width: max(width, 1), height: 8)
                    left += width
                }
                if let mark {
                    let x = MarkupDocument.number(1 + min(mark, 1) * (Self.width - 2))
                    document.path("asked", "M\(x) 0V12")
                }
            }
    }
}
