import DatasetGen

/// The colours and lines of a picture, as its style sheet.
enum PlotStyle {
    /// A colour by role, on light and on dark paper.
    private struct Colour {
        var name: String
        var light: String
        var dark: String
    }

    private static let colours = [
        Colour(name: "paper", light: "#ffffff", dark: "#15181c"),
        Colour(name: "ink", light: "#1f2328", dark: "#e8eaed"),
        Colour(name: "muted", light: "#5b6570", dark: "#a3adb8"),
        Colour(name: "grid", light: "#e3e7eb", dark: "#2d333a"),
        Colour(name: "frame", light: "#c3cad1", dark: "#4a535d"),
        // Blue of the same palette as the types' colours.
        Colour(name: "twin", light: "#0072b2", dark: "#9ad1ff"),
    ]

    /// The style sheet.
    static var text: String {
        let rules =
            [
                "text{font-family:system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:12px}",
                "text,.values text{\(property("fill", "muted"))}",
                ".heading{font-size:20px;font-weight:600;\(property("fill", "ink"))}",
                ".name{font-size:13px;font-weight:600;\(property("fill", "ink"))}",
                ".values text{text-anchor:end}.times text{text-anchor:middle}",
                ".paper{\(property("fill", "paper"))}",
                ".grid{fill:none;\(property("stroke", "grid"))}",
                ".frame{fill:none;\(property("stroke", "frame"))}",
                ".readings,.healthy{fill:none;stroke-linecap:round;stroke-linejoin:round}",
                ".readings{stroke-width:1;\(property("stroke", "ink"))}",
                ".healthy{stroke-width:1.3;stroke-dasharray:3 2;\(property("stroke", "twin"))}",
            ]
            + AnomalyType.allCases.map { ".\($0.name){fill:url(#\($0.name))}" }
        return ([variables(\.light), "@media(prefers-color-scheme:dark){\(variables(\.dark))}"] + rules)
            .joined(separator: "\n")
    }

    /// What fills the bands of a type: its colour, solid at the top edge so that narrow ones are seen.
    static func fill(of type: AnomalyType, in document: inout SVGDocument) {
        document.element("linearGradient", ["id": type.name, "x2": "0", "y2": "1"]) { document in
            let opacity = type == .missingData ? "0.4" : "0.3"
            for (offset, opacity) in [("0.035", "1"), ("0.035", opacity)] {
                document.element(
                    "stop",
                    ["offset": offset, "stop-color": type.colour, "stop-opacity": opacity]
                )
            }
        }
    }

    private static func variables(_ colour: KeyPath<Colour, String>) -> String {
        ":root{" + colours.map { "--\($0.name):\($0[keyPath: colour])" }.joined(separator: ";") + "}"
    }

    /// A property with a colour by role: first as such for programs that know no variables, which pass over the second.
    private static func property(_ name: String, _ role: String) -> String {
        let fallback = colours.first { $0.name == role }?.light ?? "none"
        return "\(name):\(fallback);\(name):var(--\(role))"
    }
}
