/// An environment variable that sets a key of the recipe.
package struct EnvironmentVariable: Sendable {
    /// How the text of the variable is taken.
    enum Reading: Sendable {
        /// As text, whatever it looks like.
        case text
        /// As a plain value of YAML.
        case plain
        /// As a truth value that stands for one of two words.
        case either(yes: String, no: String)
        /// As a name in capitals.
        case capitals
        /// As texts between commas or spaces.
        case list
    }

    /// Its name, such as `SENSOR_ID`.
    package var name: String
    /// The key that it sets.
    package var path: String
    var reading: Reading
    var summary: String

    /// All variables that set keys; `CONFIG_FILE` names the recipe itself, and SQLite reads `SQLITE_TMPDIR`.
    package static let all = [
        EnvironmentVariable(
            name: "IDENTITY_FILE",
            path: "identity",
            reading: .text,
            summary: "Path of an identity, relative to the current folder."
        ),
        EnvironmentVariable(name: "SENSOR_ID", path: "sensor.id", reading: .text, summary: "Identifier of the sensor."),
        EnvironmentVariable(
            name: "SENSOR_LOCATION",
            path: "sensor.location",
            reading: .text,
            summary: "City of the sensor."
        ),
        EnvironmentVariable(
            name: "SENSOR_INTERVAL",
            path: "simulation.interval",
            reading: .plain,
            summary: "Seconds between readings; beats `readings_per_second` too."
        ),
        EnvironmentVariable(
            name: "ANOMALY_PROBABILITY",
            path: "anomalies.probability",
            reading: .plain,
            summary: "Share of anomalous readings."
        ),
        EnvironmentVariable(
            name: "LOG_LEVEL",
            path: "logging.level",
            reading: .capitals,
            summary: "Severity that is logged."
        ),
        EnvironmentVariable(
            name: "PRESERVE_EXISTING_DB",
            path: "database.preserve_existing_db",
            reading: .plain,
            summary: "Continue an existing database."
        ),
        EnvironmentVariable(
            name: "SENSOR_WAL",
            path: "database.journal_mode",
            reading: .either(yes: "wal", no: "delete"),
            summary: "Whether the live database has a write-ahead log."
        ),
        EnvironmentVariable(
            name: "MONITORING_ENABLED",
            path: "monitoring.enabled",
            reading: .plain,
            summary: "Run the HTTP server."
        ),
        EnvironmentVariable(
            name: "MONITORING_PORT",
            path: "monitoring.port",
            reading: .plain,
            summary: "Port of the HTTP server."
        ),
        EnvironmentVariable(
            name: "MONITORING_HOST",
            path: "monitoring.host",
            reading: .text,
            summary: "Address that the HTTP server listens at."
        ),
        EnvironmentVariable(
            name: "MONITORING_ALLOWED_HOSTS",
            path: "monitoring.allowed_hosts",
            reading: .list,
            summary: "Names, between commas, by which clients reach the HTTP server."
        ),
        EnvironmentVariable(
            name: "MONITORING_TOKEN",
            path: "monitoring.token",
            reading: .text,
            summary: "Bearer token that clients of the HTTP server must present."
        ),
    ]

    /// The value as a node of the recipe.
    func node(for text: String) -> DocumentNode {
        let origin = RecipeOrigin.environment(variable: name)
        let content: DocumentNode.Content =
            switch reading {
            case .text: .scalar(text: text, isPlain: false)
            case .plain: .scalar(text: text, isPlain: true)
            case .either(let yes, let no):
                .scalar(text: DocumentNode.truthValues[text].map { $0 ? yes : no } ?? text, isPlain: true)
            case .capitals: .scalar(text: text.uppercased(), isPlain: true)
            case .list: .list(Self.items(of: text).map { DocumentNode(content: $0, origin: origin) })
            }
        return DocumentNode(content: content, origin: origin)
    }

    private static func items(of text: String) -> [DocumentNode.Content] {
        text.split { $0 == "," || $0.isWhitespace }.map { .scalar(text: String($0), isPlain: false) }
    }
}
