import DatasetGen

extension TimeAxis {
    /// Writes the axis of a plan's run below a chart, with a mark and a label for each tick.
    ///
    /// - Parameters:
    ///   - plan: whose run it is.
    ///   - left: where the run begins.
    ///   - width: how far it is from there to its end.
    ///   - bottom: where the chart ends.
    ///   - document: the page.
    static func draw(
        of plan: GenerationPlan,
        left: Double,
        width: Double,
        bottom: Double,
        in document: inout MarkupDocument
    ) {
        let axis = TimeAxis(from: plan.recipe.grid.start, to: plan.recipe.grid.end, tickCount: 12)
        for tick in axis.ticks {
            let x = left + tick.position * width
            document.path("axis", "M\(MarkupDocument.number(x)) \(MarkupDocument.number(bottom))v4")
            // The labels at both ends stay within the chart.
            let anchor = tick.position > 0.98 ? "end" : (tick.position < 0.01 ? "start" : "middle")
            document.label(tick.label, x: x, y: bottom + 17, anchor: anchor)
        }
    }
}
