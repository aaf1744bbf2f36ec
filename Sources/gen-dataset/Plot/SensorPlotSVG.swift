import DatasetGen

/// A day of one sensor's readings as a picture: a panel per metric above one axis of time.
///
/// The picture needs nothing but itself, and follows its viewer's choice of light or dark.
struct SensorPlotSVG {
    private let readings: DayReadings
    private let axis: TimeAxis

    private var day: SensorDay { readings.day }

    /// Days with more readings than this are drawn by the range of the readings in each column of pixels: no spike is
    /// lost, and the picture stays small.
    private static let mostPoints = 4_000

    /// Recomputes the readings of the day.
    init(_ day: SensorDay) throws(PlanError) {
        let columns = day.ticks.count <= Self.mostPoints ? day.ticks.count : Int(PlotLayout.panelWidth)
        readings = try DayReadings(day, columnCount: columns, withHealthyTwin: true)
        axis = TimeAxis(day, tickCount: 12)
    }

    /// Whether a file that begins like this is a picture of this kind.
    static func isPicture(_ beginning: [UInt8]) -> Bool {
        let text = String(decoding: beginning, as: UTF8.self)
        return text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
            && text.contains("role=\"img\" aria-labelledby=\"title description\">\n <title id=\"title\">")
    }

    /// The picture's file.
    var text: String {
        var document = SVGDocument()
        let (width, height) = (PlotLayout.width, PlotLayout.height(ofPanels: day.metrics.count))
        let size = (SVGDocument.number(width), SVGDocument.number(height))
        document.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": size.0, "height": size.1,
                "viewBox": "0 0 \(size.0) \(size.1)", "role": "img", "aria-labelledby": "title description",
            ]
        ) { document in
            document.element("title", ["id": "title"], text: "\(heading), \(circumstances)")
            document.element("desc", ["id": "description"], text: description)
            document.element("style", text: PlotStyle.text)
            document.element("defs") { document in
                for type in AnomalyType.allCases { PlotStyle.fill(of: type, in: &document) }
            }
            document.element("rect", ["class": "paper", "width": size.0, "height": size.1])
            drawHeader(in: &document)
            for (index, metric) in day.metrics.enumerated() {
                let panel = MetricPanel(metric, of: readings, top: PlotLayout.top(ofPanel: index))
                panel.draw(times: axis, in: &document)
            }
            drawTimes(in: &document)
        }
        return document.text
    }

    private var heading: String {
        "\(Self.shortened(day.plan.recipe.name)) – sensor \(Self.shortened(day.sensor.id))"
    }

    private var circumstances: String {
        "\(Self.shortened(day.sensor.place.name)), \(day.dates), day \(day.number) of \(day.count)"
    }

    /// Names are as long as a recipe likes; the heading has one line.
    private static func shortened(_ name: String) -> String {
        name.count <= 44 ? name : name.prefix(43) + "…"
    }

    private var description: String {
        let metrics = day.metrics.map { day.plan.recipe.schema[$0].nameWithUnit }.joined(separator: ", ")
        let counts = AnomalyType.allCases.compactMap { type in
            readings.eventCounts[type].map { Readable.count($0, of: type.name + " event") }
        }
        let anomalies = counts.isEmpty ? "No anomalies." : "Anomalies: \(counts.joined(separator: ", "))."
        return
            "Panels from top to bottom: \(metrics), over time in UTC. \(anomalies) Shaded bands mark anomalies in the "
            + "metrics that they change; dashed lines show what the healthy sensor would have reported."
    }

    private func drawHeader(in document: inout SVGDocument) {
        let left = SVGDocument.number(PlotLayout.left)
        document.element("text", ["class": "heading", "x": left, "y": "38"], text: heading)
        document.element(
            "text",
            ["x": left, "y": "60"],
            text: "\(circumstances), a reading every \(day.grid.interval.text)"
        )
        PlotLegend(eventCounts: readings.eventCounts).draw(baseline: 90, in: &document)
    }

    private func drawTimes(in document: inout SVGDocument) {
        let bottom = PlotLayout.bottom(ofPanels: day.metrics.count)
        document.element("g", ["class": "times"]) { document in
            for tick in axis.ticks {
                let x = PlotLayout.left + tick.position * PlotLayout.panelWidth
                document.element(
                    "text",
                    ["x": SVGDocument.number(x), "y": SVGDocument.number(bottom + 18)],
                    text: tick.label
                )
            }
            document.element(
                "text",
                [
                    "x": SVGDocument.number(PlotLayout.left + PlotLayout.panelWidth / 2),
                    "y": SVGDocument.number(bottom + 42),
                ],
                text: "time of day (UTC)"
            )
        }
    }
}
