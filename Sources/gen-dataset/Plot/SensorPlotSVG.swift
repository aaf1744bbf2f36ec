import DatasetGen

/// A day of one sensor's readings as a picture: a panel per metric above one axis of time.
///
/// The picture needs nothing but itself, and follows its viewer's choice of light or dark.
struct SensorPlotSVG {
    private let readings: DayReadings
    private let axis: TimeAxis
    private let metrics: [Metric]

    private var day: SensorDay { readings.day }

    /// Days with more readings than this are drawn by the range of the readings in each column of pixels: no spike is
    /// lost, and the picture stays small.
    private static let mostPoints = 4_000
    /// Names are as long as a recipe likes; the heading has one line.
    private static let mostLetters = 44

    /// Recomputes the readings of the day.
    ///
    /// - Parameters:
    ///   - day: what is shown.
    ///   - metrics: which of the sensor's metrics; nil for all.
    ///   - mostPoints: with how many readings each of them is drawn.
    /// - Throws: ``PlanError``; never for the plan of a dataset that exists.
    init(_ day: SensorDay, metrics: [Metric]? = nil, mostPoints: Int = Self.mostPoints) throws(PlanError) {
        let columns = day.ticks.count <= mostPoints ? day.ticks.count : Int(PlotLayout.panelWidth)
        readings = try DayReadings(day, columnCount: columns, withHealthyTwin: true)
        axis = TimeAxis(day, tickCount: 12)
        self.metrics = metrics ?? day.metrics
    }

    /// Whether a file that begins like this is a picture of this kind.
    static func isPicture(_ beginning: [UInt8]) -> Bool {
        let text = String(decoding: beginning, as: UTF8.self)
        return text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
            && text.contains("role=\"img\" aria-labelledby=\"title description\"")
            && text.contains(">\n <title id=\"title\">")
    }

    /// The picture's file.
    var text: String {
        var document = MarkupDocument()
        draw(in: &document) { document in
            document.element("style", text: PlotStyle.darkSheet)
            document.element("defs") { document in
                for type in AnomalyType.allCases { PlotStyle.fill(of: type, in: &document) }
            }
        }
        return document.text
    }

    /// Draws the picture as a part of a page, which has the style sheet and what fills the bands.
    ///
    /// - Parameters:
    ///   - prefix: what the names of elements begin with, of which a page has each once.
    ///   - document: the page.
    func draw(prefix: String, in document: inout MarkupDocument) {
        draw(prefix: prefix, in: &document) { _ in }
    }

    private func draw(
        prefix: String = "",
        in document: inout MarkupDocument,
        definitions: (inout MarkupDocument) -> Void
    ) {
        let (width, height) = (PlotLayout.width, PlotLayout.height(ofPanels: metrics.count))
        let size = (MarkupDocument.number(width), MarkupDocument.number(height))
        document.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": size.0, "height": size.1,
                "viewBox": "0 0 \(size.0) \(size.1)", "role": "img",
                "aria-labelledby": "\(prefix)title \(prefix)description", "font-family": PlotStyle.font,
                "font-size": "12", "fill": PlotStyle.Colour.muted.light,
            ]
        ) { document in
            document.element("title", ["id": prefix + "title"], text: "\(heading), \(circumstances)")
            document.element("desc", ["id": prefix + "description"], text: description)
            definitions(&document)
            document.element(
                "rect",
                ["class": "paper", "fill": PlotStyle.Colour.paper.light, "width": size.0, "height": size.1]
            )
            drawHeader(in: &document)
            for (index, metric) in metrics.enumerated() {
                let panel = MetricPanel(metric, of: readings, top: PlotLayout.top(ofPanel: index), prefix: prefix)
                panel.draw(times: axis, in: &document)
            }
            drawTimes(in: &document)
        }
    }

    private var heading: String {
        "\(day.plan.recipe.name.shortened(to: Self.mostLetters)) – sensor "
            + day.sensor.id.shortened(to: Self.mostLetters)
    }

    private var circumstances: String {
        "\(day.sensor.place.name.shortened(to: Self.mostLetters)), \(day.dates), day \(day.number) of \(day.count)"
    }

    private var description: String {
        let names = metrics.map { day.plan.recipe.schema[$0].nameWithUnit }.joined(separator: ", ")
        let counts = AnomalyType.allCases.compactMap { type in
            readings.eventCounts[type].map { Readable.count($0, of: type.name + " event") }
        }
        let anomalies = counts.isEmpty ? "No anomalies." : "Anomalies: \(counts.joined(separator: ", "))."
        return
            "Panels from top to bottom: \(names), over time in UTC. \(anomalies) Shaded bands mark anomalies in the "
            + "metrics that they change; dashed lines show what the healthy sensor would have reported.\(phenomena)"
    }

    private var phenomena: String {
        let names = readings.phenomena.map { "\($0.name) (\(Readable.count($0.count)))" }
        let list = names.joined(separator: ", ")
        return names.isEmpty ? "" : " Grey bands mark phenomena, which are no anomalies: \(list)."
    }

    private func drawHeader(in document: inout MarkupDocument) {
        let left = MarkupDocument.number(PlotLayout.left)
        document.element(
            "text",
            [
                "class": "heading", "x": left, "y": "38", "font-size": "20", "font-weight": "600",
                "fill": PlotStyle.Colour.ink.light,
            ],
            text: heading
        )
        document.element(
            "text",
            ["x": left, "y": "60"],
            text: "\(circumstances), a reading every \(day.grid.interval.text)"
        )
        PlotLegend(
            eventCounts: readings.eventCounts,
            phenomenonCount: readings.phenomena.reduce(0) { $0 + $1.count }
        )
        .draw(baseline: 90, in: &document)
    }

    private func drawTimes(in document: inout MarkupDocument) {
        let bottom = PlotLayout.bottom(ofPanels: metrics.count)
        document.element("g", ["class": "times", "text-anchor": "middle"]) { document in
            for tick in axis.ticks {
                let x = PlotLayout.left + tick.position * PlotLayout.panelWidth
                document.element(
                    "text",
                    ["x": MarkupDocument.number(x), "y": MarkupDocument.number(bottom + 18)],
                    text: tick.label
                )
            }
            document.element(
                "text",
                [
                    "x": MarkupDocument.number(PlotLayout.left + PlotLayout.panelWidth / 2),
                    "y": MarkupDocument.number(bottom + 42),
                ],
                text: "time of day (UTC)"
            )
        }
    }
}
