import DatasetGen

/// What a page reads from a manifest, whoever may have written it.
struct PageManifest {
    /// The manifest.
    let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    /// The name of the dataset.
    var name: String { json["dataset"]?["name"]?.stringValue ?? "?" }

    /// A whole number; 0 if there is none.
    static func integer(_ value: JSONValue?) -> Int64 { value?.integerValue ?? 0 }

    /// A number of a metric, as it is or with few enough digits; a dash if there is none.
    static func figure(_ value: JSONValue?, decimals: Int? = nil) -> String {
        guard let number = value?.doubleValue else { return "–" }
        return decimals.map { Readable.fixed(number, decimals: $0) } ?? value?.compactText ?? "–"
    }

    /// How often readings are, `10s`; of several paces `10s, 1m`.
    var interval: String {
        let intervals = json["time"]?["intervals"]?.elements.compactMap { $0["interval"]?.stringValue } ?? []
        guard intervals.isEmpty else { return intervals.prefix(4).joined(separator: ", ") }
        return json["time"]?["interval"]?.stringValue ?? "?"
    }

    /// From when to when, in UTC.
    var span: (start: String, end: String) {
        func text(_ key: String) -> String {
            let text = json["time"]?[key]?.stringValue ?? "?"
            return text.replacing("T00:00:00Z", with: "").replacing("T", with: " ").replacing("Z", with: "")
        }
        return (text("start"), text("end"))
    }
}
