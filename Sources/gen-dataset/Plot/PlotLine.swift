/// A line of a picture by what it stands for.
enum PlotLine {
    case readings
    case healthy
    case grid

    /// Draws a path.
    func draw(_ data: String, in document: inout MarkupDocument) {
        switch self {
        case .readings:
            document.element(
                "path",
                [
                    "class": "readings", "fill": "none", "stroke": PlotStyle.Colour.ink.light, "stroke-width": "1",
                    "stroke-linecap": "round", "stroke-linejoin": "round", "d": data,
                ]
            )
        case .healthy:
            document.element(
                "path",
                [
                    "class": "healthy", "fill": "none", "stroke": PlotStyle.Colour.twin.light, "stroke-width": "1.3",
                    "stroke-dasharray": "3 2", "stroke-linecap": "round", "stroke-linejoin": "round", "d": data,
                ]
            )
        case .grid:
            document.element(
                "path",
                ["class": "grid", "fill": "none", "stroke": PlotStyle.Colour.grid.light, "d": data]
            )
        }
    }
}
