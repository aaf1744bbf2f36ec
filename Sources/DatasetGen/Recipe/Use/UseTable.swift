/// In which modes each option of `recipe`, each key of a recipe and each environment variable counts.
///
/// The one place that says so: options that do not count are refused or noted, keys and variables are noted. A new one has
/// to be entered here.
package enum UseTable {
    /// An option of the command `recipe`.
    package struct Option: Sendable {
        /// The long form, such as `--output`.
        package let name: String
        /// When it counts.
        package let modes: Set<RunMode>
        /// What to do where it does not count.
        package let advice: String
        /// The same of a run to standard output.
        package let streamAdvice: String

        /// An entry.
        package init(_ name: String, _ modes: Set<RunMode>, _ advice: String = "", stream: String = "") {
            (self.name, self.modes, self.advice, streamAdvice) = (name, modes, advice, stream)
        }
    }

    /// The options, by the order of the help.
    package static let options = [
        Option("--config", .always), Option("--identity", .always), Option("--seed", .always),
        Option("--start", .always), Option("--duration", .always), Option("--end", .always),
        Option("--sensors", .always), Option("--set", .always),
        Option("--format", .ofDatasets, "it writes a database, and JSON Lines with database.json_lines or --stdout"),
        Option("--realtime", [.live, .dryRun]),
        Option("--speed", [.live], "it needs --realtime"), Option("--backfill", [.live], "it needs --realtime"),
        Option("--stdout", [.live], "it needs --realtime"),
        Option("--columns", [.stream, .dryRun], "it needs --output -; outputs.FORMAT.columns chooses those of a file"),
        Option("--from", [.stream], "it needs --output -; --start says when a dataset begins"),
        Option("--to", [.stream], "it needs --output -; --end says when a dataset ends"),
        Option("--only-sensors", [.stream], "it needs --output -; a dataset has the readings of all sensors"),
        Option("--shard", .whileGenerating, "a live run has no end to be parted"),
        Option("--output", .whileGenerating, "database.path names the database"),
        Option("--threads", .whileGenerating, "it has one thread"),
        Option(
            "--overwrite",
            .whileWriting,
            "database.preserve_existing_db says what becomes of an older database",
            stream: "there is nothing to replace"
        ),
        Option(
            "--resume",
            .whileWriting,
            "database.preserve_existing_db goes on with an older database",
            stream: "--from goes on at a time"
        ),
        Option("--sign", .whileWriting, "a live database is never complete", stream: "there is no list of digests"),
        Option("--ignore-space", .whileGenerating, "it waits for room on the disk"),
        Option("--monitor", [.batch, .monitored, .live], stream: "--progress shows how far it is"),
        Option("--dry-run", .always),
        Option("--json", [.batch, .monitored, .live, .dryRun], stream: "standard output has the readings"),
        Option("--quiet", .always), Option("--verbose", .always),
        Option("--progress", .whileGenerating, "it has no end to make progress to"),
        Option("--version", .always), Option("--help", .always),
    ]

    /// The keys of a section.
    private struct Keys {
        var always: [String] = []
        var datasets: [String] = []
        var live: [String] = []
        var monitored: [String] = []
        /// Accepted, noted and passed over.
        var never: [String] = []

        /// Enters keys that datasets alone have, unless they are entered already.
        mutating func addDatasets(_ keys: [String]) {
            datasets += keys.filter { !always.contains($0) }
        }
    }

    /// When a key counts; nil for one that is not entered.
    ///
    /// - Parameters:
    ///   - key: The key, such as `path`.
    ///   - section: The name of its section in the schema, such as `database`.
    /// - Returns: The modes; none for a key that is accepted and passed over.
    package static func modes(ofKey key: String, in section: String) -> Set<RunMode>? {
        keys[section]?[key]
    }

    /// Whether a format and all its options count in the same modes, so that it is one thing to say that they do not.
    static func isUniform(_ format: OutputFormat) -> Bool {
        let modes = keys["outputs"]?[format.rawValue]
        return keys[format.rawValue]?.values.allSatisfy { $0 == modes } ?? true
    }

    private static let keys = sections.mapValues { keys in
        var modes: [String: Set<RunMode>] = [:]
        for key in keys.always { modes[key] = .always }
        for key in keys.datasets { modes[key] = .ofDatasets }
        for key in keys.live { modes[key] = [.live] }
        for key in keys.monitored { modes[key] = [.live, .monitored] }
        for key in keys.never { modes[key] = [] }
        return modes
    }

    private static let sections: [String: Keys] = {
        let place = [
            "city", "address", "state", "region", "country", "latitude", "longitude", "elevation", "timezone",
            "population",
        ]
        let device = [
            "manufacturer", "model", "firmware_version", "part", "supply", "serial_number", "manufacture_date",
        ]
        let deployment = ["deployment_type", "installation_date", "height_meters", "orientation_degrees"]
        let sensor =
            ["id", "sensor_id", "type", "sensor_type", "location", "instance_id", "device_info", "deployment"] + place
            + device + deployment
        let numbers = ["count", "prefix", "start_index"]
        let metric = Keys(always: ["mean", "std_dev", "min", "max", "resolution"])
        let failure = ["enabled", "weight", "duration", "duration_seconds"]
        let sized = failure + ["difficulty", "magnitude", "metrics", "severity_factor", "shape"]
        var sections = [
            "recipe": Keys(
                always: [
                    "version", "dataset", "simulation", "sensor", "identity", "replicas", "fleet", "random_location",
                    "climate", "recording", "metrics", "normal_parameters", "anomalies", "incidents", "phenomena",
                    "delivery",
                    "outputs",
                ],
                datasets: ["splits", "package"],
                live: ["database", "dynamic_reloading", "live"],
                monitored: ["logging", "monitoring"],
                never: ["advanced", "valid_configurations"]
            ),
            "dataset": Keys(
                always: ["name", "description", "seed", "start", "duration", "end", "resolved"],
                datasets: [
                    "order", "version", "license", "creator", "url", "citation", "date_published",
                ]
            ),
            "creator": Keys(datasets: Creator.definition.fields.map(\.outline.name)),
            "simulation": Keys(
                always: ["readings_per_second", "interval", "run_time_seconds"],
                live: ["start_delay_seconds", "batch_size"]
            ),
            "sensor": Keys(always: sensor + ["metadata"]),
            "replicas": Keys(always: numbers),
            "group": Keys(
                always: sensor + numbers + ["random_location", "metadata", "metrics", "normal_parameters", "climate"]
                    + ["anomalies", "interval", "delivery"]
            ),
            "location": Keys(always: ["name", "coordinates"] + place),
            "city": Keys(
                always: ["name", "full_name", "coordinates"] + place,
                never: ["abbreviation", "is_capital", "weather", "air_quality", "population_data"]
            ),
            "metadata": Keys(
                always: ["instance_id", "sensor_type"],
                never: ["identity_generation_timestamp", "generation_seed"]
            ),
            "coordinates": Keys(always: ["latitude", "longitude"]),
            "device_info": Keys(always: device),
            "deployment": Keys(always: deployment),
            "random_location": Keys(
                always: [
                    "enabled", "number_of_cities", "city_count", "gps_variation", "filter_by", "min_population",
                    "max_population", "include_countries", "exclude_countries", "cities_file", "cities",
                ]
            ),
            "recording": Keys(always: RecordingSection.definition.fields.map(\.outline.name)),
            "metric": Keys(always: MetricDeclarationSection.definition.fields.map(\.outline.name)),
            "cycle": Keys(always: ["period", "share", "peak", "days", "shape"]),
            "wander": Keys(always: MetricWanderSection.definition.fields.map(\.outline.name)),
            "octave": Keys(always: ["period", "share"]),
            "volatility": Keys(always: ["size", "period"]),
            "follow": Keys(always: ["metric", "weight", "lag"]),
            "change": Keys(always: ["at", "over", "mean", "std_dev"]),
            "rate": Keys(always: ["mean", "cycles", "follows"]),
            "life": Keys(always: ["mean", "shape", "repair"]),
            "normal_parameters": Keys(always: StandardMetric.allCases.map(\.name), never: ["vibration"]),
            "anomalies": Keys(
                always: ["enabled", "probability", "difficulty", "phases", "types"],
                datasets: ["realised"]
            ),
            "difficulty": Keys(always: ["easy", "medium", "hard"]),
            "phase": Keys(always: ["at", "probability"]),
            "anomaly_types": Keys(always: AnomalyType.allCases.map(\.name)),
            "spike": Keys(always: sized),
            "trend": Keys(always: sized + ["rate_change"]),
            "pattern": Keys(always: sized + ["frequency"]),
            "missing_data": Keys(always: failure + ["max_duration", "modes", "rows"]),
            "noise": Keys(always: sized + ["noise_multiplier"]),
            "incident": Keys(always: IncidentSection.definition.fields.map(\.outline.name)),
            "incident_effect": Keys(always: AnomalyType.allCases.map(\.name)),
            "phenomenon": Keys(always: PhenomenonSection.definition.fields.map(\.outline.name)),
            "delivery": Keys(always: ["jitter", "late", "offline", "duplicates", "loss", "clock_drift", "order"]),
            "group_delivery": Keys(always: ["jitter", "late", "offline", "duplicates", "loss", "clock_drift"]),
            "late": Keys(always: ["share", "delay"]),
            "duplicates": Keys(always: ["share", "delay"]),
            "offline": Keys(always: ["every", "duration"]),
            "clock_drift": Keys(always: ["share", "ppm"]),
            "splits": Keys(datasets: SplitsSection.definition.fields.map(\.outline.name)),
            // A live run writes its database and JSON Lines with the times and twins that the outputs ask for.
            "outputs": Keys(always: ["sqlite", "clean"]),
            "sqlite": Keys(always: ["timestamps"]),
            "jsonl": Keys(always: ["timestamps"]),
            "database": Keys(
                live: [
                    "path", "journal_mode", "busy_timeout", "cache_size", "batch_size", "max_size_mb", "at_max_size",
                    "json_lines", "store_readings", "preserve_existing_db", "backup_enabled", "backup_path",
                    "backup_interval_hours",
                    "max_backups",
                ]
            ),
            "logging": Keys(
                monitored: ["level", "file", "format", "console_output", "max_file_size_mb", "backup_count"]
            ),
            "monitoring": Keys(
                monitored: [
                    "enabled", "port", "host", "allowed_hosts", "token", "metrics_interval_seconds",
                    "health_check_path",
                    "metrics_path", "enable_prometheus", "reading_series_limit",
                ]
            ),
            "live": Keys(live: ["max_catch_up", "feeds"]),
            "dynamic_reloading": Keys(
                live: ["enabled", "check_interval_seconds", "reload_on_change", "validate_before_reload"]
            ),
        ]
        for name in StandardMetric.allCases.map(\.name) { sections[name] = metric }
        for type in AnomalyType.allCases {
            let effect = AnomalyTypeSection.ofIncident(type)
            sections[effect.name] = Keys(always: effect.fields.map(\.outline.name))
        }
        // What is said of no format here, datasets alone have.
        for format in OutputFormat.allCases {
            let keys = OutputSection.definition(for: format).fields.map(\.outline.name)
            sections["outputs", default: Keys()].addDatasets([format.rawValue])
            sections[format.rawValue, default: Keys()].addDatasets(keys)
        }
        return sections
    }()
}
