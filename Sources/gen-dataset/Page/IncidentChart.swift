import DatasetGen

/// When incidents happen: a row per cause, and a bar from each one's first reading to its last.
struct IncidentChart {
    private let list: IncidentList
    private let plan: GenerationPlan

    private static let (width, left, right) = (1_120.0, 150.0, 8.0)
    private static let (rowHeight, top) = (34.0, 6.0)
    private static let mostRows = 24
    private static let mostBars = 1_000

    init(_ list: IncidentList, _ plan: GenerationPlan) { (self.list, self.plan) = (list, plan) }

    /// What is said below the chart.
    var caption: String {
        let isPart = list.incidents.count > Self.mostBars || list.causes.count > Self.mostRows
        return "Bars are as high as incidents hit many sensors, each cause by itself"
            + (isPart
                ? "; the first \(Readable.count(Self.mostBars)) incidents of the first \(Self.mostRows) causes." : ".")
    }

    /// Writes the chart.
    func draw(in document: inout MarkupDocument) {
        let causes = list.causes.prefix(Self.mostRows)
        let bottom = Self.top + Self.rowHeight * Double(causes.count)
        PageFigure(label: "Incidents over time, by cause", size: (Self.width, bottom + 24), style: "wide")
            .draw(in: &document) { document in
                for (row, cause) in causes.enumerated() {
                    let base = Self.top + Self.rowHeight * Double(row + 1) - 5
                    document.label(
                        cause.parameters.cause.onOneLine.shortened(to: 22),
                        x: 0,
                        y: base - 8,
                        style: "strong"
                    )
                    let (left, right) = (
                        MarkupDocument.number(Self.left), MarkupDocument.number(Self.width - Self.right)
                    )
                    document.path("rule", "M\(left) \(MarkupDocument.number(base))H\(right)")
                }
                for incident in list.incidents.prefix(Self.mostBars) where incident.reference.cause < causes.count {
                    draw(incident, in: &document)
                }
                TimeAxis.draw(of: plan, left: Self.left, width: plotWidth, bottom: bottom, in: &document)
            }
    }

    private var plotWidth: Double { Self.width - Self.left - Self.right }

    private func draw(_ incident: RunIncident, in document: inout MarkupDocument) {
        let grid = plan.recipe.grid
        let length = Double(max(1, grid.end.microseconds - grid.start.microseconds))
        func place(_ time: SimulatedTime) -> Double {
            Self.left + min(1, Double(time.microseconds - grid.start.microseconds) / length) * plotWidth
        }
        let cause = list.causes[incident.reference.cause]
        let most = Double(cause.sensors?.upperBound ?? 1)
        let height = max(4, Double(incident.sensors) / most * (Self.rowHeight - 10))
        let base = Self.top + Self.rowHeight * Double(incident.reference.cause + 1) - 5
        let (left, right) = (place(incident.start), place(incident.end))
        let scope = plan.scopeName(of: incident.reference)?.onOneLine ?? "the whole fleet"
        let start = Readable.time(incident.start).prefix(16)
        document.box(
            "incident t-" + cause.parameters.effect.type.name,
            x: left,
            y: base - height,
            width: max(2, right - left),
            height: height,
            title: "\(plan.id(of: incident.reference).onOneLine): \(scope), from \(start), "
                + Readable.count(incident.sensors, of: "sensor")
        )
    }
}
