import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Lays out the lines of the log.
struct LogLayout: Sendable {
    private let format: LogFormat
    /// Whether the milliseconds have a placeholder of their own: the time then stands without them.
    private let hasMilliseconds: Bool

    /// The layout of `logging.format`; the reader of recipes lets no text through that is none.
    init(_ text: String?) {
        format = text.flatMap { try? LogFormat(parsing: $0) } ?? .standard
        hasMilliseconds =
            if case .pieces(let pieces) = format {
                pieces.contains {
                    if case .placeholder(let placeholder) = $0 { placeholder.field == .msecs } else { false }
                }
            } else { false }
    }

    /// The line of an entry, with a newline.
    func line(_ entry: LogEntry) -> String {
        switch format {
        case .json: return Self.json(entry).compactText + "\n"
        case .pieces(let pieces):
            let line =
                pieces.map { piece in
                    switch piece {
                    case .text(let text): text
                    case .placeholder(let placeholder): placeholder.text(of: value(of: placeholder.field, entry))
                    }
                }
                .joined()
            // An entry is one line, whatever a message has taken from elsewhere.
            return String(line.map { $0.isNewline ? " " : $0 }).onOneLine + "\n"
        }
    }

    private func value(of field: LogFormat.Field, _ entry: LogEntry) -> String {
        let milliseconds = entry.time.microseconds / 1_000
        return switch field {
        case .asctime: hasMilliseconds ? String(entry.time.text.prefix(19)) : entry.time.text.prefix(23) + "Z"
        case .created: "\(milliseconds / 1_000).\(String(milliseconds % 1_000 + 1_000).dropFirst())"
        case .levelname: entry.levelName
        case .levelno: "\(entry.levelNumber)"
        case .message: entry.message + entry.metadata.map { " \($0.key)=\($0.value)" }.joined()
        case .msecs: "\(milliseconds % 1_000)"
        case .name: entry.label
        case .process: "\(getpid())"
        }
    }

    private static func json(_ entry: LogEntry) -> JSONValue {
        let fixed: JSONValue = [
            "timestamp": .string(entry.time.text + "Z"), "level": .string(entry.levelName),
            "logger": .string(entry.label), "message": .string(entry.message),
        ]
        return entry.metadata.reduce(fixed) { $0.adding($1.key, .string($1.value)) }
    }
}

extension LogFormat.Placeholder {
    /// A value as the placeholder shows it.
    fileprivate func text(of value: String) -> String {
        let kept = limit.map { String(value.prefix($0)) } ?? value
        let padding = String(repeating: isZeroPadded && !isLeftAligned ? "0" : " ", count: max(0, width - kept.count))
        return isLeftAligned ? kept + padding : padding + kept
    }
}

extension LogEntry {
    /// The severity as Python's `logging` numbers it.
    fileprivate var levelNumber: Int {
        switch levelName {
        case "DEBUG": 10
        case "INFO": 20
        case "WARNING": 30
        case "ERROR": 40
        default: 50
        }
    }
}
