import DatasetGen

/// The line of a picture that says what its lines and colours mean.
struct PlotLegend {
    /// How many events there are of the types that occur.
    let eventCounts: [AnomalyType: Int]
    /// How many phenomena there are.
    let phenomenonCount: Int

    /// Draws the line.
    func draw(baseline: Double, in document: inout MarkupDocument) {
        document.element("g", ["class": "legend"]) { document in
            var x = PlotLayout.left
            line(.readings, "reported", x: &x, baseline: baseline, in: &document)
            if eventCounts.isEmpty {
                text("no anomalies", x: &x, baseline: baseline, in: &document)
            } else {
                line(.healthy, "healthy twin", x: &x, baseline: baseline, in: &document)
            }
            for type in AnomalyType.allCases {
                guard let count = eventCounts[type] else { continue }
                band((type.name, "url(#\(type.name))", "1"), x: &x, baseline: baseline, in: &document)
                text("\(type.name) (\(Readable.count(count)))", x: &x, baseline: baseline, in: &document)
            }
            guard phenomenonCount > 0 else { return }
            let style = ("phenomenon", PlotStyle.Colour.phenomenon.light, PlotStyle.phenomenonOpacity)
            band(style, x: &x, baseline: baseline, in: &document)
            text("phenomena (\(Readable.count(phenomenonCount)))", x: &x, baseline: baseline, in: &document)
        }
    }

    private func band(
        _ style: (name: String, fill: String, opacity: String),
        x: inout Double,
        baseline: Double,
        in document: inout MarkupDocument
    ) {
        document.element(
            "rect",
            [
                "class": style.name, "fill": style.fill, "fill-opacity": style.opacity, "x": MarkupDocument.number(x),
                "y": MarkupDocument.number(baseline - 12), "width": "18", "height": "16",
            ]
        )
        x += 26
    }

    private func line(
        _ style: PlotLine,
        _ name: String,
        x: inout Double,
        baseline: Double,
        in document: inout MarkupDocument
    ) {
        let start = "M\(MarkupDocument.number(x)) \(MarkupDocument.number(baseline - 4))"
        style.draw(start + "h26", in: &document)
        x += 34
        text(name, x: &x, baseline: baseline, in: &document)
    }

    private func text(_ text: String, x: inout Double, baseline: Double, in document: inout MarkupDocument) {
        document.element("text", ["x": MarkupDocument.number(x), "y": MarkupDocument.number(baseline)], text: text)
        // No font at hand to measure with: 7 pixels a character are enough at this size.
        x += 7 * Double(text.count) + 22
    }
}
