import DatasetGen
import Logging

/// A line of the log before it is laid out.
struct LogEntry: Sendable {
    var time: SimulatedTime
    var level: Logger.Level
    var label: String
    var message: String
    /// Sorted by key.
    var metadata: [(key: String, value: String)]

    /// The severity as recipes spell it.
    var levelName: String {
        switch level {
        case .trace, .debug: "DEBUG"
        case .info, .notice: "INFO"
        case .warning: "WARNING"
        case .error: "ERROR"
        case .critical: "CRITICAL"
        }
    }
}
