import DatasetGen

/// What happens to readings on their way.
struct DeliverySection: PageSection {
    private let delivery: JSONValue?

    let id = "delivery"
    let title = "Delivery"
    var lead: String? {
        "All else on this page is of the readings as they were taken; rows of readings are those that arrived."
    }

    init(_ manifest: PageManifest) { delivery = manifest.json["delivery"] }

    func draw(in document: inout MarkupDocument) {
        let sent = PageManifest.integer(delivery?["sent"])
        var table = PageTable(
            caption: "Readings on their way",
            columns: [("what", false), ("readings", true), ("of those sent", true)]
        )
        for (key, name) in [
            ("sent", "sent"), ("arrived", "arrived, as rows"), ("lost", "lost"), ("duplicates", "arrived twice"),
            ("late", "late"), ("offline", "held back while offline"),
        ] {
            let count = PageManifest.integer(delivery?[key])
            let share = sent == 0 ? nil : Double(count) / Double(sent)
            table.rows.append([.text(name), .number(Readable.count(count)), .number(Readable.percent(share))])
        }
        let drifting = Readable.count(PageManifest.integer(delivery?["drifting_sensors"]), of: "sensor")
        document.element("div", ["class": "card"]) { document in
            table.draw(in: &document)
            document.element("p", ["class": "muted small"], text: "The clocks of \(drifting) drift.")
        }
    }
}
