import DatasetChecks
import DatasetGen

/// What an audit found, as text of at most 100 columns.
struct AuditDescription {
    private let report: AuditReport

    init(_ report: AuditReport) {
        self.report = report
    }

    /// Header, tables, verdict.
    var text: String {
        [header, shares, oneLiners, difficulties, edgeSteps, positions, leaks, placement, splits, density, verdict]
            .filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }

    private var header: String {
        let sampled =
            report.sampledSensors < report.sensors
            ? "\none-liners and healthy steps: of \(report.sampledSensors) evenly spread sensors" : ""
        return "\(report.fileName): \(Readable.count(report.rows, of: "row")), "
            + "\(Readable.count(report.sensors, of: "sensor"))" + unchecked + sampled
    }

    private var unchecked: String {
        report.uncheckedColumns.isEmpty
            ? "" : "\nnot checked, as the file does not have them: \(report.uncheckedColumns.joined(separator: ", "))"
    }

    private var shares: String {
        var table = TextTable(["share of anomalies", "asked", "realised", "ratio", "expected events", "as asked"])
        for figure in report.shares {
            table.add([
                figure.name.shortened(to: 40), Readable.percent(figure.asked),
                Readable.percent(figure.realised), number(figure.ratio, decimals: 3),
                Readable.fixed(figure.expectedEvents, decimals: 0), figure.isAsAsked.rawValue,
            ])
        }
        return table.text
    }

    private var oneLiners: String {
        guard !report.oneLiners.isEmpty else { return "" }
        var table = TextTable(["best one-liner for", "events", "F1", "chance", "recall", "precision", "threshold"])
        var lines: [String] = []
        for figure in report.oneLiners {
            table.add([
                figure.type.name, Readable.count(figure.events), Readable.fixed(figure.f1, decimals: 3),
                Readable.fixed(figure.chanceF1, decimals: 3), Readable.fixed(figure.recall, decimals: 3),
                Readable.fixed(figure.precision, decimals: 3), Readable.fixed(figure.threshold, decimals: 3),
            ])
            lines.append("  \(figure.type.name): \(figure.oneLiner.text)")
            for difficulty in figure.difficulties where difficulty.events > 0 {
                lines.append(
                    "    difficulty \(difficulty.name.shortened(to: 30)): recall "
                        + "\(number(difficulty.recall, decimals: 3)) of \(Readable.count(difficulty.events))"
                )
            }
        }
        return table.text + "\n" + lines.joined(separator: "\n")
    }

    private var difficulties: String {
        guard !report.difficulties.isEmpty else { return "" }
        let names = Difficulty.allCases.map(\.rawValue)
        var table = TextTable(["found at 1 false alarm in 1,000"] + names + ["falls"])
        for figure in report.difficulties {
            let shares = names.map { name in
                figure.difficulties.first { $0.name == name }.map { Readable.percent($0.recall ?? 0) } ?? "–"
            }
            table.add([figure.type.name] + shares + [figure.falls.rawValue])
        }
        return table.text
    }

    private var edgeSteps: String {
        guard !report.edgeSteps.isEmpty else { return "" }
        var table = TextTable(["rare steps (1 in 1,000)", "events", "into the first", "out of the last", "either"])
        for figure in report.edgeSteps {
            table.add([
                figure.type.name, Readable.count(figure.events), Readable.percent(figure.intoShare),
                Readable.percent(figure.outShare), Readable.percent(figure.eitherShare),
            ])
        }
        return table.text
    }

    private var positions: String {
        guard !report.positions.isEmpty else { return "" }
        var table = TextTable(["starts", "events", "even spread (p)", "in the last tenth", "even"])
        for figure in report.positions {
            table.add([
                figure.type.name, Readable.count(figure.events), Readable.fixed(figure.pValue, decimals: 4),
                Readable.percent(figure.lastTenthShare), figure.areEven.rawValue,
            ])
        }
        return table.text
    }

    private var leaks: String {
        var table = TextTable(["tells the label", "AUC", "error", "leaks"])
        for figure in report.leaks {
            table.add([
                figure.subject.rawValue, number(figure.auc, decimals: 3),
                figure.auc == nil ? "–" : Readable.fixed(figure.standardError, decimals: 3),
                figure.leaks.rawValue,
            ])
        }
        return table.text
    }

    private var placement: String {
        guard !report.placement.isEmpty else { return "" }
        var table = TextTable(["tells the next event", "of", "events", "reached", "by chance", "leaks"])
        for figure in report.placement {
            table.add([
                figure.subject.rawValue, figure.type.name, Readable.count(figure.events),
                number(figure.value, decimals: 3), Readable.fixed(figure.chance, decimals: 3), figure.leaks.rawValue,
            ])
        }
        return table.text
    }

    private var splits: String {
        guard let splits = report.splits else { return "" }
        var table = TextTable(["parts of the splits", "in two", "of"])
        table.add(["events", Readable.count(splits.sharedEvents), Readable.count(splits.events)])
        table.add([
            "cities at the same time", Readable.count(Int64(splits.sharedCities)), Readable.count(Int64(splits.cities)),
        ])
        let closest = splits.closestSeconds.map { seconds in
            "closest readings of a sensor in two parts: \(Readable.fixed(seconds, decimals: 3)) s"
                + (splits.windowsOverlap ? ", side by side: windows across are of both" : "")
        }
        return table.text + "\n" + (closest ?? "no sensor is in two parts")
    }

    private var density: String {
        let density = report.density
        var table = TextTable(["density", ""])
        table.add(["events", Readable.count(density.events)])
        table.add(["anomalous readings", Readable.percent(density.anomalousShare)])
        table.add(["events per sensor and day", Readable.fixed(density.eventsPerSensorDay, decimals: 2)])
        table.add(["longest event, readings", Readable.count(density.longestEventReadings)])
        table.add(["longest event, of the run", Readable.percent(density.longestEventShare)])
        table.add(["median gap, readings", density.medianGapReadings.map { Readable.count($0) } ?? "–"])
        return table.text
    }

    private var verdict: String {
        let leaks = report.placementLeaks.map {
            "\n" + Emphasis.bad.marking("\($0.type.name) events give themselves away: \($0.subject.rawValue)")
        }
        guard !report.isExact else { return Emphasis.good.marking("labels are exact") + leaks.joined() }
        let lines = report.findings.map { "  \($0.kind.description): \(Readable.count($0.count))" }
        return Emphasis.bad.marking("labels are not exact") + "\n" + lines.joined(separator: "\n") + leaks.joined()
    }

    private func number(_ value: Double?, decimals: Int) -> String {
        value.map { Readable.fixed($0, decimals: decimals) } ?? "–"
    }
}
