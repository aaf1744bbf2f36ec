import DatasetGen

/// How a line of the log is laid out.
enum LogLayout: Hashable, Sendable {
    /// With the placeholders of Python's `logging` module.
    case text(String)
    /// One JSON object.
    case json

    /// The layout of `logging.format`: `json`, `text`, or a text with placeholders.
    init(_ format: String?) {
        switch format {
        case "json", "JSON": self = .json
        case nil, "text": self = .text("%(asctime)s %(levelname)s %(message)s")
        case let format?: self = .text(format)
        }
    }

    /// The line of an entry, with a newline.
    func line(_ entry: LogEntry) -> String {
        switch self {
        case .json: Self.json(entry).compactText + "\n"
        case .text(let format): Self.text(entry, format) + "\n"
        }
    }

    private static func text(_ entry: LogEntry, _ format: String) -> String {
        let metadata = entry.metadata.map { " \($0.key)=\($0.value)" }.joined()
        let values = [
            "asctime": entry.time.text.prefix(23) + "Z", "name": entry.label, "levelname": entry.levelName,
            "message": entry.message + metadata,
        ]
        var line = ""
        var rest = format[...]
        while let match = rest.firstMatch(of: #/%\(([a-z]+)\)s/#) {
            line += rest[..<match.range.lowerBound] + (values[String(match.1)] ?? String(match.0))
            rest = rest[match.range.upperBound...]
        }
        // An entry is one line, whatever a message has taken from elsewhere.
        return String((line + rest).map { $0.isNewline ? " " : $0 })
    }

    private static func json(_ entry: LogEntry) -> JSONValue {
        let fixed: JSONValue = [
            "timestamp": .string(entry.time.text + "Z"), "level": .string(entry.levelName),
            "logger": .string(entry.label), "message": .string(entry.message),
        ]
        return entry.metadata.reduce(fixed) { $0.adding($1.key, .string($1.value)) }
    }
}
