/// What `/metrics` of VictoriaMetrics tells of the server: its settings, and what has become of samples.
struct VMState {
    private let numbers: [String: Double]
    private let settings: [String: String]

    /// - Parameter text: in the text format of Prometheus.
    init(_ text: String) {
        var numbers: [String: Double] = [:]
        var settings: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let blank = line.lastIndex(of: " "), let value = Double(line[line.index(after: blank)...]) else {
                continue
            }
            let series = line[..<blank]
            if series.hasPrefix("flag{"), let name = Self.label("name", of: series) {
                settings[name] = Self.label("value", of: series)
            } else {
                numbers[String(series)] = value
            }
        }
        (self.numbers, self.settings) = (numbers, settings)
    }

    private static func label(_ name: String, of series: Substring) -> String? {
        guard let start = series.firstRange(of: name + "=\"")?.upperBound else { return nil }
        return String(series[start...].prefix { $0 != "\"" })
    }

    /// A setting of the command line; nil where this version has none of the name.
    subscript(setting: String) -> String? { settings[setting] }

    /// When the process has begun, in seconds since 1970 by its own clock.
    var start: Double? { numbers["vm_app_start_timestamp"] ?? numbers["process_start_time_seconds"] }

    /// Whether it takes nothing more, as its disk is nearly full.
    var isReadOnly: Bool { numbers.contains { $0.key.hasPrefix("vm_storage_is_read_only") && $0.value > 0 } }

    /// What has been thrown away or changed so far, by what is counted: nothing of a load may be.
    var losses: [String: Double] {
        numbers.filter { entry in Self.losses.contains { entry.key.hasPrefix($0) } }
    }

    private static let losses = [
        "vm_rows_ignored_total", "vm_rows_invalid_total{type=\"vmimport\"}", "vm_concurrent_addrows_dropped_rows_total",
        "vm_daily_series_limit_rows_dropped_total", "vm_hourly_series_limit_rows_dropped_total",
        "vm_metrics_with_dropped_labels_total", "vm_too_long_label_names_total", "vm_too_long_label_values_total",
        "vm_relabel_metrics_dropped_total",
    ]

    /// Samples that have reached the storage since an earlier look at the same process; nil where that is not told.
    func stored(since earlier: VMState) -> Int64? {
        let name = "vm_rows_added_to_storage_total"
        guard start == earlier.start, let now = numbers[name], let before = earlier.numbers[name] else { return nil }
        return Int64(now - before)
    }

    /// What has been lost since an earlier look at the same process; nil for nothing.
    func lost(since earlier: VMState) -> String? {
        let before = start == earlier.start ? earlier.losses : [:]
        let grown = losses.filter { $0.value > before[$0.key] ?? 0 }.sorted { $0.key < $1.key }
        guard !grown.isEmpty else { return nil }
        return grown.map { "\($0.key) has grown by \(Int64($0.value - (before[$0.key] ?? 0)))" }
            .joined(separator: ", ")
    }
}

/// How long a server keeps samples, as its settings have it.
enum VMDuration {
    /// Seconds of `100y`, `30d`, `1.5w` or, in months of 31 days, `1`; nil for what is none.
    static func seconds(_ text: String) -> Double? {
        let units: [(String, Double)] = [
            ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("w", 7 * 86_400), ("y", 365 * 86_400),
        ]
        if let months = Double(text) { return months * 31 * 86_400 }
        // `0h1m0s` has several parts.
        var rest = text[...]
        var sum = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest[digits.endIndex...]
            guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.0) }) else {
                return nil
            }
            sum += number * unit.1
            rest = rest.dropFirst(unit.0.count)
        }
        return text.isEmpty ? nil : sum
    }
}
