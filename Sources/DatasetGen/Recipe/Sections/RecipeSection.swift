/// The recipe as a whole, as it states itself.
struct RecipeSection: Sendable {
    var version: Stated<String>?
    var dataset: Stated<DatasetSection>?
    var simulation: Stated<SimulationSection>?
    var sensor: Stated<SensorSection>?
    var identity: Stated<SensorSection>?
    var replicas: Stated<ReplicasSection>?
    var fleet: Stated<[Stated<GroupSection>]>?
    var randomLocation: Stated<RandomLocationSection>?
    var climate: Stated<Climate>?
    var recording: Stated<RecordingSection>?
    var metrics: Stated<MetricsSection>?
    var normal: Stated<NormalSection>?
    var anomalies: Stated<AnomaliesSection>?
    var incidents: Stated<[Stated<IncidentSection>]>?
    var phenomena: Stated<[Stated<PhenomenonSection>]>?
    var delivery: Stated<DeliverySection>?
    var splits: Stated<SplitsSection>?
    var outputs: Stated<OutputsSection>?
    var packages: Stated<[DatasetPackage]>?
    var database: Stated<DatabaseParameters>?
    var logging: Stated<LoggingParameters>?
    var monitoring: Stated<MonitoringParameters>?
    var dynamicReloading: Stated<DynamicReloadingParameters>?
    var pacing: Stated<PacingParameters>?

    static let definition = SectionDefinition(
        name: "recipe",
        summary: "A recipe describes a dataset: which sensors report what, when, and how they fail. "
            + "Every key has a default; an empty recipe generates one sensor for one hour.",
        fields: [
            Field("version", \.version, .text, "Version of the recipe, for its readers."),
            Field("dataset", \.dataset, .section(DatasetSection.definition), "Name, seed and simulated time."),
            Field("simulation", \.simulation, .section(SimulationSection.definition), "How often sensors report."),
            Field("sensor", \.sensor, .section(SensorSection.definition), "The sensor, or what a fleet has in common."),
            Field("identity", \.identity, .identity, "The sensor's identity; it beats `sensor`."),
            Field("replicas", \.replicas, .section(ReplicasSection.definition), "A fleet of like sensors."),
            Field(
                "fleet",
                \.fleet,
                ValueType.section(GroupSection.definition).stated
                    .list(named: "groups", minimumCount: 1, maximumCount: GroupSection.maximumGroupCount),
                "A mixed fleet: groups of like sensors, each starting from `sensor`. Not together with `replicas`."
            ),
            Field(
                "random_location",
                \.randomLocation,
                .section(RandomLocationSection.definition),
                "Spread the sensors over cities."
            ),
            Field(
                "climate",
                \.climate,
                .choice,
                default: "normal_parameters",
                "What temperature, humidity and pressure follow: `normal_parameters`, or the climate of each sensor's "
                    + "`city`, of which `city_v1` and `city_v2` are the editions."
            ),
            Field(
                "recording",
                \.recording,
                .section(RecordingSection.definition),
                "Readings that you have, in place of those that the recipe's models make."
            ),
            Field(
                "metrics",
                \.metrics,
                .metrics,
                default: "temperature, humidity, pressure, voltage",
                "What is measured, by name, in the order of the columns."
            ),
            Field("normal_parameters", \.normal, .section(NormalSection.definition), "What healthy sensors report."),
            Field("anomalies", \.anomalies, .section(AnomaliesSection.definition), "How sensors fail."),
            Field(
                "incidents",
                \.incidents,
                ValueType.section(IncidentSection.definition).stated
                    .list(named: "incidents", maximumCount: IncidentSection.maximumCount),
                "Faults that hit several sensors at one time."
            ),
            Field(
                "phenomena",
                \.phenomena,
                ValueType.section(PhenomenonSection.definition).stated
                    .list(named: "phenomena", maximumCount: PhenomenonSection.maximumCount),
                "What looks like a fault and is none: rain, fog, sun on the housing, a door."
            ),
            Field(
                "delivery",
                \.delivery,
                .section(DeliverySection.definition),
                "How readings fail to arrive as they should."
            ),
            Field(
                "splits",
                \.splits,
                .section(SplitsSection.definition),
                "Which readings are for training, and which for the test."
            ),
            Field("outputs", \.outputs, .outputs, default: "[sqlite, csv, jsonl]", "The files to write."),
            Field(
                "package",
                \.packages,
                ValueType<DatasetPackage>.choice.orList(named: "packages"),
                "Files beside the dataset that tools of others expect: `README.md` for Hugging Face, `croissant.json`, "
                    + "`datapackage.json`, `CITATION.cff`."
            ),
            Field(
                "database",
                \.database,
                .section(DatabaseParameters.definition),
                "The database of the live mode."
            ),
            Field("logging", \.logging, .section(LoggingParameters.definition), "The log."),
            Field(
                "monitoring",
                \.monitoring,
                .section(MonitoringParameters.definition),
                "The HTTP server of the live mode."
            ),
            Field(
                "dynamic_reloading",
                \.dynamicReloading,
                .section(DynamicReloadingParameters.definition),
                "How the live mode follows changes of the recipe."
            ),
            Field(
                "live",
                \.pacing,
                .section(PacingParameters.definition),
                "How a live run keeps to its clock, and whom it feeds."
            ),
            .passedOver("advanced", "The reference's limits of memory, processor and retries."),
            .passedOver("valid_configurations", "The makers and models that the reference accepts."),
        ],
        empty: { RecipeSection() }
    )
}

/// Where in a recipe a key stands.
enum RecipeKeys {
    /// The paths of the keys with this name, list items, declared metrics and maps of an identity left out; outermost first.
    static func paths(endingWith name: String) -> [String] {
        all.filter { $0 == name || $0.hasSuffix("." + name) }
    }

    private static let all: [String] = {
        var paths: [String] = []
        var pending = [(path: "", section: RecipeSection.definition.outline)]
        while let next = pending.first {
            pending.removeFirst()
            for field in next.section.fields where field.name != "identity" && field.name != "fleet" {
                let path = next.path.appendingKey(field.name)
                paths.append(path)
                // Below `metrics` stand names.
                if path != "metrics" { pending += field.sections.map { (path, $0) } }
            }
        }
        return paths
    }()
}
