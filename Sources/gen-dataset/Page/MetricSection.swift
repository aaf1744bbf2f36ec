import DatasetGen

/// What is measured: how readings are distributed, healthy and anomalous, and what moves together.
struct MetricSection: PageSection {
    private let manifest: PageManifest
    private let plan: GenerationPlan
    private let readings: ReadingSample

    let id = "metrics"
    let title = "Metrics"
    var lead: String? {
        "How often which values are: healthy readings filled, and the readings that anomalies change as a line, each as a "
            + "share of its own kind."
    }

    init(_ manifest: PageManifest, _ plan: GenerationPlan, _ readings: ReadingSample) {
        (self.manifest, self.plan, self.readings) = (manifest, plan, readings)
    }

    func draw(in document: inout MarkupDocument) {
        document.element("div", ["class": "cards"]) { document in
            for metric in plan.recipe.schema.all {
                document.element("div", ["class": "card"]) { draw(metric, in: &$0) }
            }
        }
        let correlations = MetricCorrelations(plan, in: readings)
        guard correlations.metrics.count > 1 else { return }
        document.element("figure", ["class": "card"]) { document in
            document.element("h3", text: "What moves together")
            CorrelationChart(correlations, plan.recipe.schema).draw(in: &document)
            let count = plan.recipe.schema.metrics.count { $0.states.isEmpty }
            let rest = count > correlations.metrics.count ? " The first \(correlations.metrics.count) metrics." : ""
            document.element(
                "figcaption",
                text: "Pearson's correlation of healthy readings, of all sensors together." + rest
            )
        }
    }

    private func draw(_ metric: Metric, in document: inout MarkupDocument) {
        let description = plan.recipe.schema[metric]
        let statistics = manifest.json["statistics"]?[description.name]
        document.element("div", ["class": "head"]) { document in
            document.element("h3", text: description.nameWithUnit)
            if let step = statistics?["resolution"]?.compactText, step != "null" {
                document.element("span", ["class": "muted small"], text: "steps of \(step)")
            }
        }
        document.element("p", ["class": "muted small"], text: description.summary.onOneLine)
        guard let histogram = MetricHistogram(metric, of: plan, in: readings) else {
            document.element("p", ["class": "muted"], text: "no healthy readings with a value")
            return
        }
        if description.states.isEmpty {
            HistogramChart(histogram, description).draw(in: &document)
            drawMoments(statistics, in: &document)
        } else {
            drawStates(histogram, description, in: &document)
        }
    }

    /// Ranges and moments of the manifest.
    private func drawMoments(_ statistics: JSONValue?, in document: inout MarkupDocument) {
        let rows: [(key: String, name: String, decimals: Int?)] = [
            ("min", "lowest", nil), ("mean", "mean", 3), ("max", "highest", nil), ("std_dev", "std_dev", 3),
        ]
        var lines = rows.map { row in
            [row.name]
                + ["normal", "all"].map { PageManifest.figure(statistics?[$0]?[row.key], decimals: row.decimals) }
        }
        for (key, name) in [("count", "readings"), ("nulls", "NULL")] {
            lines.append(
                [name] + ["normal", "all"].map { Readable.count(PageManifest.integer(statistics?[$0]?[key])) }
            )
        }
        Self.drawTable(["", "healthy", "all"], lines, in: &document)
    }

    /// How often a state is which.
    private func drawStates(
        _ histogram: MetricHistogram,
        _ description: MetricDescription,
        in document: inout MarkupDocument
    ) {
        let lines = description.states.enumerated()
            .map { index, state in
                [state.onOneLine]
                    + [histogram.healthy, histogram.changed]
                    .map { share in
                        share.count == 0 ? "–" : Readable.percent(share.bins[index])
                    }
            }
        Self.drawTable(["state", "healthy", "changed"], lines, in: &document)
    }

    /// A small table: a column of words, then columns of numbers.
    private static func drawTable(_ heading: [String], _ lines: [[String]], in document: inout MarkupDocument) {
        document.element("table") { document in
            document.element("thead") { document in
                document.element("tr") { document in
                    for (column, name) in heading.enumerated() {
                        if name.isEmpty {
                            document.element("td", text: "")
                        } else {
                            document.element(
                                "th",
                                column == 0 ? ["scope": "col"] : ["scope": "col", "class": "number"],
                                text: name
                            )
                        }
                    }
                }
            }
            document.element("tbody") { document in
                for line in lines {
                    document.element("tr") { document in
                        document.element("th", ["scope": "row", "class": "wrap"], text: line[0])
                        for figure in line.dropFirst() { document.element("td", ["class": "number"], text: figure) }
                    }
                }
            }
        }
    }
}
