import DatasetFiles
import DatasetGen

/// A dataset on one page of HTML that needs nothing but itself: no script, no font, no picture of elsewhere.
///
/// Counts, shares and ranges are the manifest's; what else is shown is computed again from the recipe, so that it is the same
/// for every format. The page of a dataset is always the same, byte for byte.
struct DatasetPage {
    private let manifest: PageManifest
    private let plan: GenerationPlan
    private let incidents: IncidentList
    private let phenomena: PhenomenonSummary
    private let sizes: [String: Int64]

    /// A page of a dataset, whose plan is that of its recipe.
    ///
    /// - Parameters:
    ///   - manifest: what `manifest.json` says.
    ///   - plan: what the dataset was made by.
    ///   - incidents: the incidents of the plan.
    ///   - phenomena: its phenomena.
    ///   - sizes: bytes on the disk, by the paths of the manifest.
    init(
        _ manifest: JSONValue,
        plan: GenerationPlan,
        incidents: IncidentList,
        phenomena: PhenomenonSummary,
        sizes: [String: Int64]
    ) {
        self.incidents = incidents
        self.phenomena = phenomena
        self.manifest = PageManifest(manifest.shown)
        self.plan = plan
        self.sizes = sizes
    }

    private static let beginning = """
        <!DOCTYPE html>
        <html lang="en">
         <head>
          <meta charset="utf-8"/>
          <meta name="generator" content="gen-dataset describe"/>
        """

    /// Whether a file that begins like this is a page of this kind.
    static func isPage(_ beginning: [UInt8]) -> Bool {
        String(decoding: beginning, as: UTF8.self).hasPrefix(Self.beginning)
    }

    /// The page's file.
    ///
    /// - Throws: ``PlanError``; never for the plan of a dataset that exists, whose twin asks for less.
    func text() throws(PlanError) -> String {
        let (events, readings) = (EventSample(plan), ReadingSample(plan))
        let days = try DaySection(plan, events)
        var sections: [any PageSection] = [
            FleetSection(manifest, plan), AnomalySection(manifest, plan, events),
        ]
        if !incidents.incidents.isEmpty { sections.append(IncidentSection(incidents, plan, events)) }
        if !phenomena.kinds.isEmpty { sections.append(PhenomenonSection(phenomena)) }
        sections += [MetricSection(manifest, plan, readings), days]
        if manifest.json["splits"] != nil { sections.append(SplitSection(manifest)) }
        if manifest.json["delivery"] != nil { sections.append(DeliverySection(manifest)) }
        sections.append(FileSection(manifest, sizes))

        var document = MarkupDocument()
        document.verbatim(Self.beginning)
        document.verbatim("  " + Self.policy)
        document.verbatim("  <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
        document.verbatim("  <meta name=\"color-scheme\" content=\"light dark\"/>")
        document.element("title", text: "\(manifest.name) – dataset")
        document.verbatim("<style>\(PageStyle.text)</style>\n </head>")
        document.element("body") { document in
            PageHeader(manifest, plan, incidents: incidents.incidents.count).draw(in: &document)
            drawNavigation(sections, in: &document)
            document.element("main") { document in
                Self.drawFills(in: &document)
                for section in sections {
                    document.element("section", ["id": section.id, "aria-labelledby": section.id + "-heading"]) {
                        document in
                        document.element("h2", ["id": section.id + "-heading"], text: section.title)
                        if let lead = section.lead { document.element("p", ["class": "lead"], text: lead) }
                        section.draw(in: &document)
                    }
                }
            }
            drawFooter(events, readings, in: &document)
        }
        document.verbatim("</html>")
        return document.text
    }

    /// Nothing is loaded and nothing is run; the style sheet is the one whose digest it names.
    private static var policy: String {
        let digest = Base64.text(SHA256.hash(data: Array(PageStyle.text.utf8)))
        return
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-\(digest)'; "
            + "base-uri 'none'; form-action 'none'\"/>"
    }

    private func drawNavigation(_ sections: [any PageSection], in document: inout MarkupDocument) {
        document.element("nav", ["aria-label": "Sections"]) { document in
            document.element("ul") { document in
                for section in sections {
                    document.element("li") { $0.element("a", ["href": "#" + section.id], text: section.title) }
                }
            }
        }
    }

    /// What fills the bands of all days.
    private static func drawFills(in document: inout MarkupDocument) {
        document.element("svg", ["class": "fills", "aria-hidden": "true"]) { document in
            document.element("defs") { document in
                for type in AnomalyType.allCases { PlotStyle.fill(of: type, in: &document) }
            }
        }
    }

    private func drawFooter(_ events: EventSample, _ readings: ReadingSample, in document: inout MarkupDocument) {
        let fleet = Readable.count(plan.fleet.sensors.count)
        document.element("footer") { document in
            document.element(
                "p",
                text:
                    "Counts, shares and ranges are of all readings, as manifest.json has them. The rest is computed from "
                    + "recipe.yaml, whatever the formats of the files; gen-dataset verify checks that the files hold just that."
            )
            document.element(
                "p",
                text: readings.isComplete
                    ? "Distributions and correlations are of all readings."
                    : "Distributions and correlations are of \(Readable.count(readings.readingCount, of: "reading")) of "
                        + "\(Readable.count(readings.sensorCount)) of \(fleet) sensors, evenly spread over fleet and run."
            )
            document.element("p", text: Self.scope(of: events, fleet: fleet))
        }
    }

    private static func scope(of events: EventSample, fleet: String) -> String {
        if events.isComplete { return "Difficulties and times of events are of all events." }
        let sensors = "\(Readable.count(events.sensors.count)) of \(fleet) sensors, evenly spread"
        let part = events.share < 1 ? ", in the first \(Readable.percent(events.share)) of each bar's time" : ""
        return "Difficulties and times of events are of \(sensors)\(part), and numbers of events scaled up to all."
    }
}

/// A part of a page under a heading.
protocol PageSection {
    /// Its name in links.
    var id: String { get }
    /// Its heading.
    var title: String { get }
    /// What is said below the heading; nil for nothing.
    var lead: String? { get }

    /// Writes what is below that.
    func draw(in document: inout MarkupDocument)
}
