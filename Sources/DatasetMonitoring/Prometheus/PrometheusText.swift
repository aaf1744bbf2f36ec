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

    /// Adds whole families.
    mutating func append(_ families: String) {
        text += families
    }

    /// Begins a family; its samples follow.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quote: "\""))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Adds a sample.
    mutating func sample(
        _ name: String,
        labels: KeyValuePairs<String, String> = [:],
        value: some LosslessStringConvertible
    ) {
        text += name
        if !labels.isEmpty {
            text += "{"
            for (index, label) in labels.enumerated() {
                text += "\(index == 0 ? "" : ",")\(label.key)=\"\(Self.escaped(label.value, quote: #"\""#))\""
            }
            text += "}"
        }
        text += " \(value)\n"
    }

    /// The value with backslash and line feed escaped, and double quotes as given: the format wants them so in labels only.
    private static func escaped(_ value: String, quote: String) -> String {
        guard
            value.utf8.contains(where: {
                #"\"#.utf8.contains($0) || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
            })
        else { return value }
        var escaped = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": escaped += #"\\"#
            case "\"": escaped += quote
            case "\n": escaped += #"\n"#
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
