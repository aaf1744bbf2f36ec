/// Prometheus's text format, version 0.0.4.
struct PrometheusText {
    /// What a family measures.
    enum Kind: String {
        case counter
        case gauge
        case summary
    }

    private(set) var text = ""

    /// Adds a family of one sample.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: some LosslessStringConvertible) {
        begin(name, kind, help)
        sample(name, value: value)
    }

    /// Begins a family; its samples follow.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Adds a sample.
    mutating func sample(
        _ name: String,
        labels: KeyValuePairs<String, String> = [:],
        value: some LosslessStringConvertible
    ) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " \(value)\n"
    }

    /// The value with backslash, double quote and line feed escaped, as the format wants them.
    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": escaped += #"\\"#
            case "\"": escaped += #"\""#
            case "\n": escaped += #"\n"#
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
