import Logging

/// Brings what swift-log is given to a ``LiveLog``.
struct LiveLogHandler: LogHandler {
    let label: String
    let log: LiveLog
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    /// A logger's own level, where it is less talkative than the log as a whole.
    private var ownLevel: Logger.Level?

    /// The least severity that gets through.
    var logLevel: Logger.Level {
        get { max(ownLevel ?? log.level, log.level) }
        set { ownLevel = newValue }
    }

    init(label: String, log: LiveLog) {
        (self.label, self.log) = (label, log)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        log.write(
            LogEntry(
                time: WallClock().now(),
                level: event.level,
                label: label,
                message: "\(event.message)",
                metadata: all.map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
            )
        )
    }
}
