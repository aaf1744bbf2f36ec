import DatasetGen

/// The colours and lines of a picture.
///
/// They stand in attributes of the elements, which any program that shows pictures knows. A style sheet beside them, whose
/// rules beat attributes (SVG 1.1, section 6.4), is for dark paper alone; who knows none sees the picture on light paper.
enum PlotStyle {
    /// A colour by role, on light and on dark paper.
    enum Colour: CaseIterable {
        case paper
        case ink
        case muted
        case grid
        case frame
        case twin
        case phenomenon

        /// On light paper.
        var light: String {
            switch self {
            case .paper: "#ffffff"
            case .ink: "#1f2328"
            case .muted: "#5b6570"
            case .grid: "#e3e7eb"
            case .frame: "#c3cad1"
            // Blue of the same palette as the types' colours.
            case .twin: "#0072b2"
            case .phenomenon: "#5b6570"
            }
        }

        /// On dark paper.
        fileprivate var dark: String {
            switch self {
            case .paper: "#15181c"
            case .ink: "#e8eaed"
            case .muted: "#a3adb8"
            case .grid: "#2d333a"
            case .frame: "#4a535d"
            case .twin: "#9ad1ff"
            case .phenomenon: "#a3adb8"
            }
        }

        /// What has it: a property of elements of some classes.
        fileprivate var rule: (selectors: String, property: String) {
            switch self {
            case .paper: (".paper", "fill")
            case .ink: (".heading,.name", "fill")
            case .muted: ("text", "fill")
            case .grid: (".grid", "stroke")
            case .frame: (".frame", "stroke")
            case .twin: (".healthy", "stroke")
            case .phenomenon: (".phenomenon", "fill")
            }
        }
    }

    /// The style sheet: what is different on dark paper.
    static var darkSheet: String {
        let rules = Colour.allCases.map { "\($0.rule.selectors){\($0.rule.property):\($0.dark)}" }
        return "@media(prefers-color-scheme:dark){\(rules.joined()).readings{stroke:\(Colour.ink.dark)}}"
    }

    /// How much the bands of phenomena cover: less than those of anomalies, which have a solid edge besides.
    static let phenomenonOpacity = "0.18"

    /// The font of all texts.
    static let font = "system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

    /// What fills the bands of a type: its colour, solid at the top edge so that narrow ones are seen.
    static func fill(of type: AnomalyType, in document: inout MarkupDocument) {
        document.element("linearGradient", ["id": type.name, "class": "fill-\(type.name)", "x2": "0", "y2": "1"]) {
            document in
            let opacity = type == .missingData ? "0.4" : "0.3"
            for (offset, opacity) in [("0.035", "1"), ("0.035", opacity)] {
                document.element(
                    "stop",
                    ["offset": offset, "stop-color": type.colour, "stop-opacity": opacity]
                )
            }
        }
    }
}
