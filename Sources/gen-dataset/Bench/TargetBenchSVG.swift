import DatasetDelivery
import DatasetGen

/// The rate of a benchmark of a target over time, as a picture.
struct TargetBenchSVG {
    private let report: TargetBenchReport

    init(_ report: TargetBenchReport) { self.report = report }

    /// Whether a file begins like such a picture.
    static func isPicture(_ beginning: [UInt8]) -> Bool {
        String(decoding: beginning.prefix(400), as: UTF8.self).contains(mark)
    }

    private static let mark = "gen-dataset bench"
    private static let (width, height) = (800.0, 360.0)
    private static let (left, right, top, bottom) = (90.0, 20.0, 60.0, 40.0)

    var text: String {
        let rates = report.rates
        let scale = AxisScale(showing: 0...max(1, rates.max() ?? 1), tickCount: 6)
        let seconds = report.seconds
        var document = MarkupDocument()
        document.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(Int(Self.width)) \(Int(Self.height))",
                "role": "img", "font-family": PlotStyle.font, "font-size": "12",
                "fill": PlotStyle.Colour.muted.light,
            ]
        ) { document in
            document.element("title", text: "\(Self.mark): \(report.target)")
            document.element("style", text: PlotStyle.darkSheet)
            document.element(
                "rect",
                ["class": "paper", "fill": PlotStyle.Colour.paper.light, "width": "100%", "height": "100%"]
            )
            document.element(
                "text",
                [
                    "class": "name", "x": "20", "y": "28", "font-size": "13", "font-weight": "600",
                    "fill": PlotStyle.Colour.ink.light,
                ],
                text: "Readings a second into \(report.target)"
            )
            axis(scale, &document)
            var path = SVGPath()
            for (index, rate) in rates.enumerated() {
                path.add(x((Double(index) + 0.5) / Double(rates.count)), y(scale.position(of: rate)))
            }
            path.end()
            PlotLine.readings.draw(path.data, in: &document)
            let last = Readable.fixed(seconds, decimals: 1) + " s"
            document.element("g", ["class": "times", "text-anchor": "middle"]) { document in
                for (share, label) in [(0.0, "0"), (1, last)] {
                    document.element(
                        "text",
                        ["x": MarkupDocument.number(x(share)), "y": MarkupDocument.number(Self.height - 18)],
                        text: label
                    )
                }
            }
        }
        return document.text
    }

    private func axis(_ scale: AxisScale, _ document: inout MarkupDocument) {
        document.element("g", ["class": "values", "text-anchor": "end"]) { document in
            for tick in scale.ticks where tick >= 0 {
                let height = MarkupDocument.number(y(scale.position(of: tick)))
                let line = "M\(MarkupDocument.number(x(0))) \(height)H\(MarkupDocument.number(x(1)))"
                PlotLine.grid.draw(line, in: &document)
                document.element(
                    "text",
                    ["x": MarkupDocument.number(Self.left - 8), "y": height, "dy": "4"],
                    text: Readable.count(Int64(tick))
                )
            }
        }
    }

    private func x(_ share: Double) -> Double { Self.left + share * (Self.width - Self.left - Self.right) }

    private func y(_ share: Double) -> Double {
        Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom)
    }
}
