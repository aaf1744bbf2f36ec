import DatasetGen

/// The beginning of a page: what the dataset is, and its main figures.
struct PageHeader {
    private let manifest: PageManifest
    private let plan: GenerationPlan
    private let incidents: Int

    init(_ manifest: PageManifest, _ plan: GenerationPlan, incidents: Int) {
        (self.manifest, self.plan, self.incidents) = (manifest, plan, incidents)
    }

    /// Writes the header.
    func draw(in document: inout MarkupDocument) {
        let (json, dataset) = (manifest.json, manifest.json["dataset"])
        document.element("header") { document in
            document.element("p", ["class": "kind"], text: "Dataset of labelled sensor readings")
            document.element("h1", text: manifest.name)
            if let description = dataset?["description"]?.stringValue, !description.isEmpty {
                document.element("p", ["class": "lead"], text: description)
            }
            document.element("dl", ["class": "tiles"]) { document in
                for tile in tiles { draw(tile, in: &document) }
            }
            document.element("dl", ["class": "facts small"]) { document in
                for (name, value, isCode) in facts(json) {
                    document.element("dt", text: name)
                    document.element("dd", isCode ? ["class": "code"] : [:], text: value)
                }
            }
        }
    }

    private typealias Tile = (name: String, value: String, more: String)

    private var tiles: [Tile] {
        let (json, labels) = (manifest.json, manifest.json["labels"])
        let readings = PageManifest.integer(labels?["readings"])
        let rows = PageManifest.integer(json["delivery"]?["arrived"] ?? json["rows"])
        let sensors = PageManifest.integer(json["sensors"])
        let events = (labels?["types"]?.members ?? []).reduce(0) { $0 &+ PageManifest.integer($1.value["events"]) }
        let metrics = plan.recipe.schema.metrics.map(\.name)
        let length = plan.recipe.grid.end.microseconds - plan.recipe.grid.start.microseconds
        let days = Double(length) / Double(SensorDay.microseconds) * Double(max(1, sensors))
        let share = Readable.percent(labels?["rate"]?.doubleValue)
        let asked = "asked: " + Readable.percent(labels?["asked_rate"]?.doubleValue)
        let places = Readable.count(plan.fleet.placeCount, of: "place")
        let span = manifest.span
        return [
            (
                "Readings", Readable.count(readings),
                rows == readings ? "one row each" : "of which there are " + Readable.count(rows, of: "row")
            ),
            ("Sensors", Readable.count(sensors), "in " + places),
            (
                "Metrics", Readable.count(metrics.count),
                metrics.prefix(4).joined(separator: ", ") + (metrics.count > 4 ? ", …" : "")
            ),
            (
                "Time", DurationText.text(ofMicroseconds: length),
                "every \(manifest.interval), \(span.start) to \(span.end) UTC"
            ),
            ("Anomalous", share, asked + (incidents > 0 ? ", and incidents" : "")),
            (
                "Events", Readable.count(events),
                "\(Readable.fixed(Double(events) / max(days, 1e-9), decimals: 2)) a sensor and day"
                    + (incidents > 0 ? ", with those of \(Readable.count(incidents, of: "incident"))" : "")
            ),
        ]
    }

    private func draw(_ tile: Tile, in document: inout MarkupDocument) {
        document.element("div", ["class": "tile"]) { document in
            document.element("dt", text: tile.name)
            document.element("dd", ["class": "value"], text: tile.value)
            document.element("dd", ["class": "more"], text: tile.more)
        }
    }

    /// What tells the dataset from others, and what may be done with it.
    private func facts(_ json: JSONValue) -> [(name: String, value: String, isCode: Bool)] {
        let (generator, publication) = (json["generator"], plan.recipe.publication)
        let license =
            switch publication.license {
            case .known(let license): license.rawValue
            case .text(let url): url
            case nil: ""
            }
        let program = [generator?["name"]?.stringValue, generator?["version"]?.stringValue].compactMap { $0 }
        let texts: [(String, String?, Bool)] = [
            ("Seed", json["seed"]?.stringValue ?? json["seed"]?.compactText, true),
            ("Content (SHA-256)", json["content_sha256"]?.stringValue, true),
            ("Recipe (SHA-256)", json["recipe_sha256"]?.stringValue, true),
            ("Made by", program.joined(separator: " "), false),
            ("Order of rows", json["order"]?.stringValue, false),
            ("Version", publication.version, false),
            ("License", license, false),
            ("Creators", (publication.creators ?? []).map(\.fullName).joined(separator: ", "), false),
            ("Citation", publication.citation, false),
            ("Found at", publication.url, false),
            ("Published", publication.datePublished, false),
            ("Healthy readings of", json["recording"]?["file"]?.stringValue, true),
        ]
        return texts.compactMap { name, value, isCode in
            value.flatMap { $0.isEmpty ? nil : (name, String($0.printable.prefix(1_000)), isCode) }
        }
    }
}
