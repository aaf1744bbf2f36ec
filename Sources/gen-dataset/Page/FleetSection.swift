import DatasetGen

/// Where the sensors are, and of what make.
struct FleetSection: PageSection {
    private let manifest: PageManifest
    private let plan: GenerationPlan
    private let places: FleetPlaces

    let id = "fleet"
    let title = "Fleet"
    var lead: String? { nil }

    private static let mostRows = 12

    init(_ manifest: PageManifest, _ plan: GenerationPlan) {
        (self.manifest, self.plan) = (manifest, plan)
        places = FleetPlaces(plan)
    }

    func draw(in document: inout MarkupDocument) {
        document.element("div", ["class": "pair"]) { document in
            if let map = FleetMap(places) {
                document.element("figure", ["class": "card"]) { document in
                    document.element("h3", text: "Where the sensors are")
                    map.draw(in: &document)
                    document.element("figcaption", text: map.caption)
                }
            }
            document.element("div", ["class": "card"]) { drawPlaces(in: &$0) }
        }
        document.element("div", ["class": "pair"]) { document in
            for (key, name, title) in [
                ("manufacturers", "manufacturer", "Manufacturers"),
                ("firmware_versions", "firmware_version", "Firmware versions"),
            ] {
                document.element("div", ["class": "card"]) { drawRates(key, name, title, in: &$0) }
            }
        }
    }

    private func drawPlaces(in document: inout MarkupDocument) {
        var table = PageTable(
            caption: "Places",
            columns: [("place", false), ("sensors", true), ("latitude", true), ("longitude", true)]
        )
        for entry in places.entries.prefix(Self.mostRows) {
            let position = FleetPlaces.Position(entry.place)
            let country = entry.place.country.map { ", " + $0 } ?? ""
            table.rows.append([
                .long(entry.place.name.onOneLine + country.onOneLine), .number(Readable.count(entry.sensors)),
                .number(position.map { FleetMap.degrees($0.latitude, "N", "S", decimals: 2) } ?? "–"),
                .number(position.map { FleetMap.degrees($0.longitude, "E", "W", decimals: 2) } ?? "–"),
            ])
        }
        table.draw(in: &document)
        Self.drawRest(places.entries.count - Self.mostRows, of: "place", in: &document)
    }

    private func drawRates(_ key: String, _ name: String, _ title: String, in document: inout MarkupDocument) {
        let entries = manifest.json["labels"]?[key]?.elements ?? []
        var table = PageTable(
            caption: title,
            columns: [(name, false), ("readings", true), ("anomalous", true), ("share", true), ("asked", true)]
        )
        for entry in entries.prefix(Self.mostRows) {
            table.rows.append([
                .long(entry[name]?.stringValue ?? "?"),
                .number(Readable.count(PageManifest.integer(entry["readings"]))),
                .number(Readable.count(PageManifest.integer(entry["anomalous"]))),
                .number(Readable.percent(entry["rate"]?.doubleValue)),
                .number(Readable.percent(entry["asked_rate"]?.doubleValue)),
            ])
        }
        table.draw(in: &document)
        Self.drawRest(
            entries.count - Self.mostRows,
            of: title.lowercased().hasPrefix("m") ? "manufacturer" : "version",
            in: &document
        )
    }

    /// Says what a table leaves out.
    private static func drawRest(_ count: Int, of noun: String, in document: inout MarkupDocument) {
        guard count > 0 else { return }
        document.element("p", ["class": "muted small"], text: "and " + Readable.count(count, of: "other " + noun))
    }
}
