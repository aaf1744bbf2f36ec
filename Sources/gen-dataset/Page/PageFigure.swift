/// A picture of a page with what is said about it.
struct PageFigure {
    /// What it shows, for those who do not see it.
    let label: String
    /// Its own width and height; it is shown as large as there is room.
    let size: (width: Double, height: Double)
    /// A class that says how small it may get.
    let style: String

    /// Writes the picture, in a frame that scrolls where there is no room.
    func draw(in document: inout MarkupDocument, content: (inout MarkupDocument) -> Void) {
        document.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": label]) {
            document in
            drawPicture(in: &document, content: content)
        }
    }

    /// Writes the picture alone.
    func drawPicture(in document: inout MarkupDocument, content: (inout MarkupDocument) -> Void) {
        let size = (MarkupDocument.number(size.width), MarkupDocument.number(size.height))
        document.element(
            "svg",
            [
                "class": "chart " + style, "viewBox": "0 0 \(size.0) \(size.1)", "width": size.0, "height": size.1,
                "role": "img",
                "aria-label": label,
            ],
            content: content
        )
    }
}

extension MarkupDocument {
    /// Writes text of a picture at a place.
    mutating func label(
        _ text: String,
        x: Double,
        y: Double,
        anchor: String = "start",
        style: String? = nil
    ) {
        let (x, y) = (Self.number(x), Self.number(y))
        if let style {
            element("text", ["class": style, "x": x, "y": y, "text-anchor": anchor], text: text)
        } else {
            element("text", ["x": x, "y": y, "text-anchor": anchor], text: text)
        }
    }

    /// Writes a rectangle of a picture, with what is said of it.
    mutating func box(_ style: String, x: Double, y: Double, width: Double, height: Double, title: String? = nil) {
        let attributes: KeyValuePairs = [
            "class": style, "x": Self.number(x), "y": Self.number(y), "width": Self.number(width),
            "height": Self.number(height),
        ]
        guard let title else {
            element("rect", attributes)
            return
        }
        element("rect", attributes) { $0.element("title", text: title) }
    }

    /// Writes a line of a picture.
    mutating func path(_ style: String, _ data: String) { element("path", ["class": style, "d": data]) }
}
