import DatasetGen

/// What healthy sensors feel that looks like a fault: how often, who, and how long.
struct PhenomenonSection: PageSection {
    private let phenomena: PhenomenonSummary

    let id = "phenomena"
    let title = "Phenomena"
    var lead: String? {
        "What healthy sensors feel that looks like a fault: these readings have no label, and their healthy twins have it too."
    }

    init(_ phenomena: PhenomenonSummary) { self.phenomena = phenomena }

    func draw(in document: inout MarkupDocument) {
        document.element("div", ["class": "card"]) { document in
            var table = PageTable(
                caption: "Kinds of phenomena",
                columns: [
                    ("phenomenon", false), ("who feels it", false), ("how many", true), ("sensors", true),
                    ("shortest", true), ("mean", true), ("longest", true),
                ]
            )
            for kind in phenomena.kinds {
                table.rows.append(
                    [
                        .text(kind.parameters.name), .long(kind.scope), .number(phenomena.countText(kind)),
                        .number(Readable.count(kind.sensors)),
                    ] + kind.lengthTexts.map { .number($0) }
                )
            }
            table.draw(in: &document)
        }
    }
}
