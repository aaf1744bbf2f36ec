import DatasetGen

/// What a manifest says, as text.
struct DatasetDescription {
    private let manifest: JSONValue
    private let incidents: IncidentList
    private let phenomena: PhenomenonSummary

    /// The description of a dataset by its manifest, and by what of its recipe the manifest does not tell.
    init(_ manifest: JSONValue, _ incidents: IncidentList, _ phenomena: PhenomenonSummary) {
        (self.manifest, self.incidents, self.phenomena) = (manifest.shown, incidents, phenomena)
    }

    /// Header, labels, incidents, phenomena, rates by make, statistics.
    var text: String {
        let further = (incidents.causes.isEmpty ? [] : [causes]) + (phenomena.kinds.isEmpty ? [] : [kinds])
        let rest = [
            rates("manufacturer", of: "manufacturers"), rates("firmware_version", of: "firmware_versions"), statistics,
        ]
        return ([header, labels] + further + rest).joined(separator: "\n\n")
    }

    /// The incidents by their causes: whom they hit, how often, and on how many sensors each.
    private var causes: String {
        var table = TextTable(["incidents", "what", "who", "how many", "sensors", "events"], words: 3)
        for cause in incidents.causes {
            table.add([
                cause.parameters.cause.onOneLine, cause.parameters.effect.type.name, cause.scope,
                Readable.count(cause.incidents), cause.sensorsText, Readable.count(cause.hits),
            ])
        }
        return table.text
    }

    /// The phenomena: whom they come to, how many there are, who feels them and how long.
    private var kinds: String {
        var table = TextTable(
            ["phenomena", "who", "how many", "sensors", "shortest", "mean", "longest"],
            words: 2
        )
        for kind in phenomena.kinds {
            table.add(
                [kind.parameters.name, kind.scope, phenomena.countText(kind), Readable.count(kind.sensors)]
                    + kind.lengthTexts
            )
        }
        return table.text
    }

    private var header: String {
        let (dataset, time) = (manifest["dataset"], manifest["time"])
        let description = dataset?["description"]?.stringValue ?? ""
        let lines = [
            Emphasis.heading.marking(dataset?["name"]?.stringValue ?? "?")
                + (description.isEmpty ? "" : " – " + description),
            "\(Readable.count(integer(manifest["rows"]), of: "row")), "
                + "\(Readable.count(integer(manifest["sensors"]), of: "sensor")), "
                + "every \(interval) from \(time?["start"]?.stringValue ?? "?") "
                + "to \(time?["end"]?.stringValue ?? "?")",
            "seed \(number(manifest["seed"])), content_sha256 \(manifest["content_sha256"]?.stringValue ?? "?")",
        ]
        return (lines + delivery).joined(separator: "\n")
    }

    /// What has happened to readings on their way; nothing where nothing has.
    private var delivery: [String] {
        guard let delivery = manifest["delivery"] else { return [] }
        let counts = [("lost", "lost"), ("duplicates", "twice"), ("late", "late"), ("offline", "held back offline")]
            .map { "\(Readable.count(integer(delivery[$0.0]))) \($0.1)" }
        return [
            "\(Readable.count(integer(delivery["arrived"]), of: "row")) arrived of "
                + "\(Readable.count(integer(delivery["sent"]), of: "reading")) sent: " + counts.joined(separator: ", ")
                + "; \(Readable.count(integer(delivery["drifting_sensors"]), of: "clock")) drifting"
        ]
    }

    /// `10s`; of several `10s (4 sensors), 1m (20 sensors)`.
    private var interval: String {
        let time = manifest["time"]
        let intervals = (time?["intervals"]?.elements ?? [])
            .map { entry in
                let sensors = Readable.count(integer(entry["sensors"]), of: "sensor")
                return "\(entry["interval"]?.stringValue ?? "?") (\(sensors))"
            }
        guard intervals.isEmpty else { return intervals.joined(separator: ", ") }
        return time?["interval"]?.stringValue ?? "?"
    }

    private var labels: String {
        var table = TextTable(["anomaly_type", "events", "readings", "share", "asked"])
        let labels = manifest["labels"]
        for type in labels?["types"]?.members ?? [] {
            table.add([
                type.key, Readable.count(integer(type.value["events"])),
                Readable.count(integer(type.value["readings"])),
                Readable.percent(type.value["rate"]?.doubleValue),
                Readable.percent(type.value["asked_rate"]?.doubleValue),
            ])
        }
        let events = (labels?["types"]?.members ?? []).reduce(0) { $0 &+ integer($1.value["events"]) }
        table.add([
            "all", Readable.count(events), Readable.count(integer(labels?["anomalous"])),
            Readable.percent(labels?["rate"]?.doubleValue), Readable.percent(labels?["asked_rate"]?.doubleValue),
        ])
        return table.text
    }

    private func rates(_ name: String, of key: String) -> String {
        var table = TextTable([name, "readings", "anomalous", "share", "asked"])
        for entry in manifest["labels"]?[key]?.elements ?? [] {
            table.add([
                entry[name]?.stringValue ?? "?", Readable.count(integer(entry["readings"])),
                Readable.count(integer(entry["anomalous"])), Readable.percent(entry["rate"]?.doubleValue),
                Readable.percent(entry["asked_rate"]?.doubleValue),
            ])
        }
        return table.text
    }

    private var statistics: String {
        var table = TextTable(["metric", "unit", "readings", "min", "mean", "max", "std_dev", "null"])
        for metric in manifest["statistics"]?.members ?? [] {
            for (key, suffix) in [("normal", ""), ("all", " (all)")] {
                let values = metric.value[key]
                table.add([
                    metric.key + suffix, metric.value["unit"]?.stringValue ?? "",
                    Readable.count(integer(values?["count"])), number(values?["min"]), short(values?["mean"]),
                    number(values?["max"]), short(values?["std_dev"]), Readable.count(integer(values?["nulls"])),
                ])
            }
        }
        return ([table.text] + states).joined(separator: "\n\n")
    }

    /// How often each metric that is a state has which.
    private var states: [String] {
        (manifest["statistics"]?.members ?? [])
            .compactMap { metric in
                guard let all = metric.value["all"], let counts = all["states"]?.members else { return nil }
                var table = TextTable([metric.key, "readings", "share"])
                let total = Double(max(1, integer(all["count"])))
                for state in counts {
                    let count = integer(state.value)
                    table.add([state.key, Readable.count(count), Readable.percent(Double(count) / total)])
                }
                return table.text
            }
    }

    private func integer(_ value: JSONValue?) -> Int64 { value?.integerValue ?? 0 }

    private func number(_ value: JSONValue?) -> String {
        guard let value, value != .null else { return "–" }
        return value.compactText
    }

    private func short(_ value: JSONValue?) -> String {
        value?.doubleValue.map { Readable.fixed($0, decimals: 3) } ?? "–"
    }
}

extension JSONValue {
    /// The value with its texts as a terminal may show them: on one line each, and not endless.
    var shown: JSONValue {
        switch self {
        case .literal(let text): .literal(String(text.prefix(Self.longest)))
        case .string(let text): .string(String(text.unicodeScalars.prefix(Self.longest)).onOneLine)
        case .array(let elements): .array(elements.map(\.shown))
        case .object(let members):
            .object(
                members.map { member in
                    Member(
                        key: String(member.key.unicodeScalars.prefix(Self.longest)).onOneLine,
                        value: member.value.shown
                    )
                }
            )
        }
    }

    private static var longest: Int { 300 }
}
