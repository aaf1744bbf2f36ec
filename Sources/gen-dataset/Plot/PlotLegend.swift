import DatasetGen

/// The line of a picture that says what its lines and colours mean.
struct PlotLegend {
    /// How many events there are of the types that occur.
    let eventCounts: [AnomalyType: Int]

    /// Draws the line.
    func draw(baseline: Double, in document: inout SVGDocument) {
        document.element("g", ["class": "legend"]) { document in
            var x = PlotLayout.left
            line("readings", "reported", x: &x, baseline: baseline, in: &document)
            guard !eventCounts.isEmpty else {
                text("no anomalies", x: &x, baseline: baseline, in: &document)
                return
            }
            line("healthy", "healthy twin", x: &x, baseline: baseline, in: &document)
            for type in AnomalyType.allCases {
                guard let count = eventCounts[type] else { continue }
                document.element(
                    "rect",
                    [
                        "class": type.name, "x": SVGDocument.number(x), "y": SVGDocument.number(baseline - 12),
                        "width": "18", "height": "16",
                    ]
                )
                x += 26
                text("\(type.name) (\(Readable.count(count)))", x: &x, baseline: baseline, in: &document)
            }
        }
    }

    private func line(
        _ style: String,
        _ name: String,
        x: inout Double,
        baseline: Double,
        in document: inout SVGDocument
    ) {
        let start = "M\(SVGDocument.number(x)) \(SVGDocument.number(baseline - 4))"
        document.element("path", ["class": style, "d": start + "h26"])
        x += 34
        text(name, x: &x, baseline: baseline, in: &document)
    }

    private func text(_ text: String, x: inout Double, baseline: Double, in document: inout SVGDocument) {
        document.element("text", ["x": SVGDocument.number(x), "y": SVGDocument.number(baseline)], text: text)
        // No font at hand to measure with: 7 pixels a character are enough at this size.
        x += 7 * Double(text.count) + 22
    }
}
