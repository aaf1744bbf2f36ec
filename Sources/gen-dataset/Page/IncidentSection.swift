import DatasetGen

/// Faults that several sensors have at one time: when, where, and on which sensors.
struct IncidentSection: PageSection {
    private let list: IncidentList
    private let plan: GenerationPlan
    private let events: EventSample

    let id = "incidents"
    let title = "Incidents"
    var lead: String? {
        "An incident hits sensors that share something: a place, a make, a group. Its events have one cause_id, and come "
            + "on top of the sensors' own failures."
    }

    private static let mostRows = 16

    init(_ list: IncidentList, _ plan: GenerationPlan, _ events: EventSample) {
        (self.list, self.plan, self.events) = (list, plan, events)
    }

    func draw(in document: inout MarkupDocument) {
        document.element("div", ["class": "card"]) { drawCauses(in: &$0) }
        document.element("figure", ["class": "card"]) { document in
            document.element("h3", text: "Incidents over time")
            let chart = IncidentChart(list, plan)
            chart.draw(in: &document)
            document.element("figcaption", text: chart.caption)
        }
        document.element("div", ["class": "card"]) { drawIncidents(in: &$0) }
    }

    private func drawCauses(in document: inout MarkupDocument) {
        var table = PageTable(
            caption: "Causes",
            columns: [
                ("cause", false), ("what it does", false), ("who is hit", false), ("incidents", true),
                ("sensors each", true),
                ("events", true),
            ]
        )
        for cause in list.causes {
            table.rows.append([
                .long(cause.parameters.cause.onOneLine), .type(cause.parameters.effect.type), .long(cause.scope),
                .number(Readable.count(cause.incidents)), .number(cause.sensorsText),
                .number(Readable.count(cause.hits)),
            ])
        }
        table.draw(in: &document)
    }

    /// The incidents on most sensors, in the order of time, with what they do to each.
    private func drawIncidents(in document: inout MarkupDocument) {
        let shown = list.incidents.enumerated()
            .sorted { ($1.element.sensors, $0.offset) < ($0.element.sensors, $1.offset) }
            .prefix(Self.mostRows).map(\.offset).sorted().map { list.incidents[$0] }
        let isPart = shown.count < list.incidents.count
        var table = PageTable(
            caption: isPart ? "The \(shown.count) incidents on most sensors" : "All incidents",
            columns: [
                ("cause_id", false), ("where", false), ("from (UTC)", false), ("to", false), ("length", true),
                ("sensors", true), ("events", false),
            ]
        )
        for incident in shown {
            let length = incident.end.microseconds - incident.start.microseconds
            table.rows.append([
                .code(plan.id(of: incident.reference).onOneLine),
                .long(plan.scopeName(of: incident.reference)?.onOneLine ?? "the whole fleet"),
                .text(Readable.time(incident.start)), .text(Readable.time(incident.end)),
                .number(DurationText.text(ofMicroseconds: length)), .number(Readable.count(incident.sensors)),
                .other { drawChildren(of: incident, in: &$0) },
            ])
        }
        table.draw(in: &document)
    }

    private func drawChildren(of incident: RunIncident, in document: inout MarkupDocument) {
        let children = events.children(of: incident.reference)
        guard !children.isEmpty else { return document.text("–") }
        document.element("details") { document in
            document.element("summary", text: "show")
            document.element("ul") { document in
                for child in children {
                    let grid = plan.grid(ofSensor: child.sensor)
                    let (start, end) = (
                        grid.time(ofTick: child.event.ticks.lowerBound), grid.time(ofTick: child.event.ticks.upperBound)
                    )
                    let grade = child.event.difficulty.map { ", " + $0.rawValue } ?? ""
                    let text =
                        "\(plan.fleet.sensors[child.sensor].id.onOneLine): \(child.event.type.name)\(grade), "
                        + "\(Readable.time(start)) to \(Readable.time(end))"
                    document.element("li", text: text)
                }
                if children.count < incident.sensors {
                    let rest = Readable.count(incident.sensors - children.count, of: "other sensor")
                    document.element("li", text: "and \(rest)")
                }
            }
        }
    }
}
