public import DatasetGen
public import Logging
import Synchronization

/// The log of a live run, as the recipe's section `logging` describes it: to standard error, to a file that is rotated,
/// as text or as JSON.
///
/// ```swift
/// let log = LiveLog(recipe.live.logging)
/// log.logger.info("hello")
/// log.apply(changed.live.logging)   // what was logged at the old level is logged at the new one from now on
/// ```
public final class LiveLog: Sendable {
    /// The least severity that a command line asks for, whatever the recipe says.
    public enum Verbosity: Sendable {
        /// The recipe's.
        case asRecipe
        /// Everything.
        case verbose
        /// Nothing on standard error.
        case quiet
    }

    private struct State {
        var parameters: LoggingParameters
        var level: Logger.Level
        var layout: LogLayout
        var file: LogFile?
    }

    private let verbosity: Verbosity
    private let state: Mutex<State>

    /// A log; a file that cannot be opened is reported on standard error, and the log goes there alone.
    public init(_ parameters: LoggingParameters, verbosity: Verbosity = .asRecipe) {
        self.verbosity = verbosity
        state = Mutex(
            State(
                parameters: parameters,
                level: Self.level(parameters, verbosity),
                layout: LogLayout(parameters.format),
                file: LogFile(parameters)
            )
        )
    }

    /// The logger to hand to a run.
    public var logger: Logger {
        Logger(label: "gen-dataset") { label in LiveLogHandler(label: label, log: self) }
    }

    /// Takes on changed settings.
    public func apply(_ parameters: LoggingParameters) {
        state.withLock { state in
            guard parameters != state.parameters else { return }
            state.level = Self.level(parameters, verbosity)
            state.layout = LogLayout(parameters.format)
            if !parameters.hasSameFile(as: state.parameters) { state.file = LogFile(parameters) }
            state.parameters = parameters
        }
    }

    /// The least severity that is logged.
    var level: Logger.Level { state.withLock { $0.level } }

    /// Writes a line.
    func write(_ entry: LogEntry) {
        state.withLock { state in
            guard entry.level >= state.level else { return }
            let line = state.layout.line(entry)
            if verbosity != .quiet, state.parameters.logsToConsole ?? true { LogFile.writeToConsole(line) }
            state.file?.write(line)
        }
    }

    private static func level(_ parameters: LoggingParameters, _ verbosity: Verbosity) -> Logger.Level {
        if verbosity == .verbose { return .debug }
        return switch parameters.level ?? .info {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}

extension LoggingParameters {
    fileprivate func hasSameFile(as other: LoggingParameters) -> Bool {
        file == other.file && maximumFileSizeMegabytes == other.maximumFileSizeMegabytes
            && backupCount == other.backupCount
    }
}
