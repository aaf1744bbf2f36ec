import DatasetGen

/// The panel of one metric in a picture.
struct MetricPanel {
    private let metric: MetricDescription
    private let readings: MetricReadings
    private let day: SensorDay
    private let isExact: Bool
    private let top: Double
    /// What the names of elements begin with.
    private let prefix: String
    /// Nil if there are no readings.
    private let scale: AxisScale?

    /// A spike of one reading among a day's thousands is still seen.
    private static let narrowestBand = 1.5

    init(_ metric: Metric, of day: DayReadings, top: Double, prefix: String) {
        self.prefix = prefix
        self.metric = day.day.plan.recipe.schema[metric]
        self.day = day.day
        self.top = top
        isExact = day.isExact
        readings = day.metrics[metric.rawValue]
        let states = self.metric.states
        scale = (readings.columns + readings.healthy).range
            .map { range in
                states.isEmpty ? AxisScale(showing: range, tickCount: 8) : AxisScale(states: states)
            }
    }

    /// Draws the panel.
    func draw(times: TimeAxis, in document: inout MarkupDocument) {
        document.element("g", ["class": "panel", "id": prefix + metric.name]) { document in
            document.element(
                "text",
                [
                    "class": "name", "x": MarkupDocument.number(PlotLayout.left), "y": MarkupDocument.number(top - 8),
                    "font-size": "13", "font-weight": "600", "fill": PlotStyle.Colour.ink.light,
                ],
                text: metric.nameWithUnit
            )
            drawGrid(times: times, in: &document)
            drawPhenomena(in: &document)
            for type in AnomalyType.allCases { drawBands(of: type, in: &document) }
            drawLines(in: &document)
            document.element("rect", frame)
            drawValues(in: &document)
        }
    }

    private var frame: KeyValuePairs<String, String> {
        [
            "class": "frame", "fill": "none", "stroke": PlotStyle.Colour.frame.light,
            "x": MarkupDocument.number(PlotLayout.left), "y": MarkupDocument.number(top),
            "width": MarkupDocument.number(PlotLayout.panelWidth),
            "height": MarkupDocument.number(PlotLayout.panelHeight),
        ]
    }

    private func bandShape(
        _ style: (name: String, fill: String, opacity: String),
        _ x: Double,
        width: Double
    ) -> KeyValuePairs<String, String> {
        [
            "class": style.name, "fill": style.fill, "fill-opacity": style.opacity, "x": MarkupDocument.number(x),
            "y": MarkupDocument.number(top), "width": MarkupDocument.number(width),
            "height": MarkupDocument.number(PlotLayout.panelHeight),
        ]
    }

    /// The horizontal place of a tick, of which the panel shows `day.ticks`, the first one at its left edge.
    private func x(ofTick tick: Double) -> Double {
        PlotLayout.left + (tick - Double(day.ticks.lowerBound)) / Double(day.ticks.count) * PlotLayout.panelWidth
    }

    /// The vertical place of a value; what lies off the scale is drawn at its edge.
    private func y(of value: Double, _ scale: AxisScale) -> Double {
        top + (1 - min(max(scale.position(of: value), 0), 1)) * PlotLayout.panelHeight
    }

    private func drawGrid(times: TimeAxis, in document: inout MarkupDocument) {
        var lines = ""
        for tick in times.ticks {
            let x = MarkupDocument.number(PlotLayout.left + tick.position * PlotLayout.panelWidth)
            lines += "M\(x) \(MarkupDocument.number(top))v\(MarkupDocument.number(PlotLayout.panelHeight))"
        }
        if let scale {
            for tick in scale.ticks {
                let y = MarkupDocument.number(y(of: tick, scale))
                lines +=
                    "M\(MarkupDocument.number(PlotLayout.left)) \(y)h\(MarkupDocument.number(PlotLayout.panelWidth))"
            }
        }
        PlotLine.grid.draw(lines, in: &document)
    }

    private func drawValues(in document: inout MarkupDocument) {
        document.element("g", ["class": "values", "text-anchor": "end"]) { document in
            let x = MarkupDocument.number(PlotLayout.left - 8)
            guard let scale else {
                let y = MarkupDocument.number(top + PlotLayout.panelHeight / 2 + 4)
                document.element("text", ["x": x, "y": y], text: "no values")
                return
            }
            for tick in scale.ticks {
                let y = MarkupDocument.number(y(of: tick, scale) + 4)
                document.element("text", ["x": x, "y": y], text: scale.label(of: tick))
            }
        }
    }

    private func drawBands(of type: AnomalyType, in document: inout MarkupDocument) {
        guard let bands = readings.bands[type] else { return }
        draw(bands, named: type.name, (type.name, "url(#\(type.name))", "1"), in: &document)
    }

    private func drawPhenomena(in document: inout MarkupDocument) {
        let style = ("phenomenon", PlotStyle.Colour.phenomenon.light, PlotStyle.phenomenonOpacity)
        for (index, parameters) in day.plan.recipe.phenomena.enumerated() {
            guard let bands = readings.phenomena[index] else { continue }
            draw(bands, named: parameters.name, style, in: &document)
        }
    }

    private func draw(
        _ bands: [EventBand],
        named name: String,
        _ style: (name: String, fill: String, opacity: String),
        in document: inout MarkupDocument
    ) {
        document.element("g", ["class": "bands"]) { document in
            for band in bands {
                // A reading is a point in time: its event begins and ends half way to its neighbours.
                var left = max(PlotLayout.left, x(ofTick: Double(band.ticks.lowerBound) - 0.5))
                var width = min(PlotLayout.right, x(ofTick: Double(band.ticks.upperBound) - 0.5)) - left
                if width < Self.narrowestBand {
                    left -= (Self.narrowestBand - width) / 2
                    width = Self.narrowestBand
                }
                document.element("rect", bandShape(style, left, width: width)) { document in
                    document.element("title", text: caption(of: band, name))
                }
            }
        }
    }

    /// `trend from 10:03:20 to 10:08:20`, both in UTC and the second one exclusive.
    private func caption(of band: EventBand, _ name: String) -> String {
        let (start, end) = (clock(band.ticks.lowerBound), clock(band.ticks.upperBound))
        let events = band.count == 1 ? name : "\(Readable.count(band.count)) × \(name)"
        return "\(events) from \(start) to \(end)"
    }

    private func clock(_ tick: Int64) -> Substring {
        let text = day.grid.time(ofTick: tick).text.dropFirst(11)
        return text.hasSuffix(".000000") ? text.dropLast(7) : text.dropLast(3)
    }

    private func drawLines(in document: inout MarkupDocument) {
        guard let scale else { return }
        var healthy = SVGPath()
        var reported = SVGPath()
        let ticksPerColumn = Double(day.ticks.count) / Double(readings.columns.count)
        for (index, column) in readings.columns.enumerated() {
            let tick = Double(day.ticks.lowerBound) + (Double(index) + (isExact ? 0 : 0.5)) * ticksPerColumn
            let x = x(ofTick: tick)
            add(column, x: x, to: &reported, scale)
            let twin = readings.healthy[index]
            if let low = twin.low, let high = twin.high {
                // Dashes that go up and down in every column are no line; its middle is.
                healthy.add(x, y(of: (low + high) / 2, scale))
            } else {
                healthy.end()
            }
        }
        healthy.end()
        reported.end()
        if !healthy.data.isEmpty { PlotLine.healthy.draw(healthy.data, in: &document) }
        PlotLine.readings.draw(reported.data, in: &document)
    }

    /// Goes on to the range of a column's readings, or leaves a gap if there are none.
    private func add(_ column: PlotColumn, x: Double, to path: inout SVGPath, _ scale: AxisScale) {
        guard let low = column.low, let high = column.high else {
            path.end()
            return
        }
        path.add(x, y(of: low, scale))
        if high > low { path.add(x, y(of: high, scale)) }
    }
}
