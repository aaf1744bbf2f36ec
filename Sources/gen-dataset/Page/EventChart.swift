import DatasetGen

/// How many events begin when: a row per difficulty, whose columns are stacked by type.
struct EventChart {
    private let plan: GenerationPlan
    private let events: EventSample

    private static let (width, left, right) = (1_120.0, 84.0, 8.0)
    private static let (rowHeight, rowDistance, top) = (64.0, 84.0, 12.0)

    init(_ plan: GenerationPlan, _ events: EventSample) {
        (self.plan, self.events) = (plan, events)
    }

    /// Writes the chart.
    func draw(in document: inout MarkupDocument) {
        let grades: [(Difficulty?, String)] = Difficulty.allCases.map { ($0, $0.rawValue) } + [(nil, "not rated")]
        let rows = grades.filter { grade, _ in plan.anomalyTypes.contains { events.count($0, grade) > 0 } }
        let bottom = Self.top + Self.rowDistance * Double(max(1, rows.count)) - (Self.rowDistance - Self.rowHeight)
        let most = rows.map { row in bins.map { total(row.0, $0) }.max() ?? 0 }.max() ?? 0
        PageFigure(
            label: "Events over time, by difficulty and type",
            size: (Self.width, bottom + 26),
            style: "wide"
        )
        .draw(in: &document) { document in
            for (index, row) in rows.enumerated() {
                let top = Self.top + Self.rowDistance * Double(index)
                draw(row.0, named: row.1, top: top, most: max(most, 1), in: &document)
            }
            TimeAxis.draw(of: plan, left: Self.left, width: plotWidth, bottom: bottom, in: &document)
        }
    }

    private var bins: Range<Int> { 0..<events.binCount }

    private var plotWidth: Double { Self.width - Self.left - Self.right }

    private func total(_ grade: Difficulty?, _ bin: Int) -> Double {
        Double(plan.anomalyTypes.reduce(0) { $0 + events.count($1, grade, bin: bin) }) * events.weight
    }

    private func draw(
        _ grade: Difficulty?,
        named name: String,
        top: Double,
        most: Double,
        in document: inout MarkupDocument
    ) {
        let base = top + Self.rowHeight
        let length = plan.recipe.grid.end.microseconds - plan.recipe.grid.start.microseconds
        let binWidth = Double(events.binLength) / Double(max(1, length)) * plotWidth
        document.label(name, x: 0, y: top + 12, style: "strong")
        document.label(Readable.count(Int64(most.rounded())), x: Self.left - 8, y: top + 9, anchor: "end")
        document.label("0", x: Self.left - 8, y: base, anchor: "end")
        let line =
            "M\(MarkupDocument.number(Self.left)) \(MarkupDocument.number(top))H\(MarkupDocument.number(Self.width - Self.right))"
        document.path("rule", line)
        for bin in bins {
            var y = base
            let left = Self.left + Double(bin) * binWidth
            let width = min(binWidth, Self.width - Self.right - left)
            for type in plan.anomalyTypes {
                let count = Double(events.count(type, grade, bin: bin)) * events.weight
                guard count > 0 else { continue }
                let height = count / most * Self.rowHeight
                y -= height
                document.box(
                    "t-" + type.name,
                    x: left + 0.5,
                    y: y,
                    width: max(width - 1, 0.5),
                    height: height,
                    title: "\(Readable.count(Int64(count.rounded()))) × \(type.name), \(name), from \(time(ofBin: bin))"
                )
            }
        }
        document.path(
            "axis",
            "M\(MarkupDocument.number(Self.left)) \(MarkupDocument.number(base))H\(MarkupDocument.number(Self.width - Self.right))"
        )
    }

    private func time(ofBin bin: Int) -> String {
        let start = plan.recipe.grid.start.microseconds + Int64(bin) * events.binLength
        return Readable.time(SimulatedTime(microseconds: start))
    }
}
