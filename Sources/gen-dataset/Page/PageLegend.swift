/// What colours of a page mean.
enum PageLegend {
    /// A coloured square before a name.
    static func mark(_ style: String, in document: inout MarkupDocument) {
        document.element("svg", ["class": "mark", "viewBox": "0 0 11 11", "aria-hidden": "true"]) { document in
            document.element("rect", ["class": style, "width": "11", "height": "11", "rx": "2"])
        }
    }

    /// A line of names with their colours, by class.
    static func draw(_ entries: [(style: String, name: String)], in document: inout MarkupDocument) {
        document.element("ul", ["class": "legend"]) { document in
            for entry in entries {
                document.element("li") { document in
                    mark(entry.style, in: &document)
                    document.text(entry.name)
                }
            }
        }
    }
}
