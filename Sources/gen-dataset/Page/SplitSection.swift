import DatasetGen

/// The parts that the dataset is split into.
struct SplitSection: PageSection {
    private let splits: JSONValue?

    let id = "splits"
    let title = "Splits"
    var lead: String? {
        let embargo = splits?["embargo_seconds"]?.doubleValue ?? 0
        let gap = embargo > 0 ? ", \(DurationText.text(ofMicroseconds: Int64(min(embargo, 1e12) * 1e6))) apart" : ""
        return "By \(splits?["by"]?.stringValue ?? "?")\(gap)."
    }

    init(_ manifest: PageManifest) { splits = manifest.json["splits"] }

    func draw(in document: inout MarkupDocument) {
        let parts = splits?["parts"]?.elements ?? []
        let hasTimes = parts.contains { $0["start"] != nil }
        let total = Double(max(1, parts.reduce(0) { $0 &+ PageManifest.integer($1["readings"]) }))
        var table = PageTable(
            caption: "Parts",
            columns: [("part", false)] + (hasTimes ? [("from", false), ("to", false)] : [])
                + [
                    ("sensors", true), ("readings", true), ("anomalous", true), ("share", true),
                    ("part of all readings", false),
                ]
        )
        for part in parts.prefix(32) {
            let name = part["split"]?.stringValue
            let readings = PageManifest.integer(part["readings"])
            let times = hasTimes ? [part["start"]?.stringValue ?? "", part["end"]?.stringValue ?? ""] : []
            let share = Double(readings) / total
            table.rows.append(
                [.text(name ?? "in none")] + times.map { PageTable.Cell.text($0) } + [
                    .number(Readable.count(PageManifest.integer(part["sensors"]))), .number(Readable.count(readings)),
                    .number(Readable.count(PageManifest.integer(part["anomalous"]))),
                    .number(Readable.percent(part["rate"]?.doubleValue)),
                    .other { document in
                        let label = "\(name ?? "in none"): \(Readable.percent(share)) of the readings"
                        ShareBar(label: label, parts: [("healthy-bar", share)], mark: nil).draw(in: &document)
                    },
                ]
            )
        }
        document.element("div", ["class": "card"]) { table.draw(in: &$0) }
    }
}
