import DatasetGen

/// How many anomalies there are, against what was asked for; how hard they are; and when they are.
struct AnomalySection: PageSection {
    private let manifest: PageManifest
    private let plan: GenerationPlan
    private let events: EventSample

    let id = "anomalies"
    let title = "Anomalies"

    var lead: String? {
        !hasAnomalies
            ? "No sensor of this dataset has anomalies."
            : "An event is an interval all of whose readings carry its label. Shares are of all readings."
    }

    init(_ manifest: PageManifest, _ plan: GenerationPlan, _ events: EventSample) {
        (self.manifest, self.plan, self.events) = (manifest, plan, events)
    }

    private var hasAnomalies: Bool {
        let labels = manifest.json["labels"]
        return PageManifest.integer(labels?["anomalous"]) > 0 || (labels?["asked_rate"]?.doubleValue ?? 0) > 0
    }

    func draw(in document: inout MarkupDocument) {
        guard hasAnomalies else { return }
        document.element("div", ["class": "card"]) { drawShares(in: &$0) }
        document.element("div", ["class": "card"]) { drawDifficulties(in: &$0) }
        document.element("figure", ["class": "card"]) { document in
            document.element("h3", text: "Events over time")
            PageLegend.draw(plan.anomalyTypes.map { ("t-" + $0.name, $0.name) }, in: &document)
            EventChart(plan, events).draw(in: &document)
            let length = DurationText.text(ofMicroseconds: events.binLength)
            document.element(
                "figcaption",
                text: "Beginnings of events in each \(length), by difficulty; missing data are not rated."
            )
        }
    }

    /// A row per type: what there is, and beside it what was asked for.
    private func drawShares(in document: inout MarkupDocument) {
        let labels = manifest.json["labels"]
        let types = plan.anomalyTypes.map { type in (type, labels?["types"]?[type.name]) }
        let shares = types.flatMap { [$0.1?["rate"]?.doubleValue, $0.1?["asked_rate"]?.doubleValue] }.compactMap { $0 }
        let most = max(shares.max() ?? 0, 1e-9)
        let hasIncidents = !plan.recipe.incidents.isEmpty
        var table = PageTable(
            caption: "Shares by type",
            columns: [
                ("type", false), ("events", true), ("readings", true), ("share", true), ("asked", true),
            ] + (hasIncidents ? [("of incidents", true)] : []) + [("share, and a line where it was asked to be", false)]
        )
        var (all, ofIncidents): (Int64, Int64) = (0, 0)
        for (type, counts) in types {
            let (share, asked) = (counts?["rate"]?.doubleValue ?? 0, counts?["asked_rate"]?.doubleValue ?? 0)
            let readings = Int64(Double(events.readingsOfIncidents(type)) * events.weight)
            all &+= PageManifest.integer(counts?["events"])
            ofIncidents += readings
            var row: [PageTable.Cell] = [
                .type(type), .number(Readable.count(PageManifest.integer(counts?["events"]))),
                .number(Readable.count(PageManifest.integer(counts?["readings"]))), .number(Readable.percent(share)),
                .number(Readable.percent(asked)),
            ]
            if hasIncidents { row.append(.number(Readable.count(readings))) }
            row.append(
                .other { document in
                    let label = "\(type.name): \(Readable.percent(share)), asked \(Readable.percent(asked))"
                    ShareBar(label: label, parts: [("t-" + type.name, share / most)], mark: asked / most)
                        .draw(in: &document)
                }
            )
            table.rows.append(row)
        }
        table.rows.append(
            [
                .text("all"), .number(Readable.count(all)),
                .number(Readable.count(PageManifest.integer(labels?["anomalous"]))),
                .number(Readable.percent(labels?["rate"]?.doubleValue)),
                .number(Readable.percent(labels?["asked_rate"]?.doubleValue)),
            ] + (hasIncidents ? [.number(Readable.count(ofIncidents))] : []) + [.text("")]
        )
        table.hasTotal = true
        table.draw(in: &document)
        guard hasIncidents else { return }
        document.element(
            "p",
            ["class": "muted small"],
            text: "What is asked for are the sensors' own failures. Incidents come on top of these"
                + (events.isComplete ? "." : "; their readings are estimated.")
        )
    }

    /// A row per type: how many of its events are how hard to find.
    private func drawDifficulties(in document: inout MarkupDocument) {
        let types = plan.anomalyTypes.filter { type in
            Difficulty.allCases.contains { events.count(type, $0) > 0 }
        }
        var table = PageTable(
            caption: "Difficulty by type",
            columns: [("type", false)] + Difficulty.allCases.map { ($0.rawValue, true) } + [
                ("easy, medium, hard", false)
            ]
        )
        for type in types {
            let counts = Difficulty.allCases.map { Double(events.count(type, $0)) * events.weight }
            let total = max(1, counts.reduce(0, +))
            let cells = counts.map { count in
                PageTable.Cell.number("\(Readable.count(Int64(count.rounded()))) (\(Self.wholePercent(count / total)))")
            }
            let label = zip(Difficulty.allCases, counts)
                .map { "\(Self.wholePercent($1 / total)) \($0.rawValue)" }.joined(separator: ", ")
            let parts = zip(Difficulty.allCases, counts).map { (style: "g-" + $0.rawValue, share: $1 / total) }
            table.rows.append(
                [.type(type)] + cells
                    + [.other { ShareBar(label: "\(type.name): \(label)", parts: parts, mark: nil).draw(in: &$0) }]
            )
        }
        guard !types.isEmpty else {
            document.element("p", ["class": "muted"], text: "No event of this dataset is rated by difficulty.")
            return
        }
        table.draw(in: &document)
    }

    private static func wholePercent(_ share: Double) -> String { Readable.fixed(share * 100, decimals: 0) + " %" }
}
