/// Section `dataset` as a recipe states it.
struct DatasetSection: Sendable {
    var isResolved: Stated<Bool>?
    var name: Stated<String>?
    var description: Stated<String>?
    var seed: Stated<UInt64>?
    var start: Stated<SimulatedTime>?
    var duration: Stated<Int64>?
    var end: Stated<SimulatedTime>?
    var order: Stated<RowOrder>?
    var publication = Publication()

    static let definition = SectionDefinition(
        name: "dataset",
        summary: "What the dataset is called, its seed, and the simulated time from `start` to `end` (exclusive).",
        fields: [
            Field("name", \.name, .folderName, default: "the file's stem", "Name of the dataset and of its folder."),
            Field("description", \.description, .prose, "Free text that the manifest repeats."),
            Field(
                "seed",
                \.seed,
                .seed,
                default: "0",
                "Seed of all random numbers; the same seed gives the same data."
            ),
            Field("start", \.start, .time, default: "2025-01-01T00:00:00Z", "First reading; UTC unless it has a zone."),
            Field(
                "duration",
                \.duration,
                .duration,
                default: "`simulation.run_time_seconds`, else `1h`",
                "Simulated time that the readings cover."
            ),
            Field("end", \.end, .endTime, "End of the simulated time, exclusive; instead of `duration`."),
            Field(
                "order",
                \.order,
                .order,
                default: "time",
                "Order of the rows: all sensors tick by tick; sensor after sensor; or that in windows of time, one after another, as "
                    + "from sensors that upload what they have kept every two hours. A window is a multiple of the shortest interval."
            ),
            Field(
                "version",
                plain: \.publication.version,
                .dataVersion,
                "Version of the data, of three numbers such as `1.0.0`, for those who find it."
            ),
            Field("license", plain: \.publication.license, .license, "What others may do with the data."),
            Field(
                "creator",
                plain: \.publication.creators,
                ValueType.creator.orList(named: "creators"),
                "Who has made it: the name of an organisation, a section, or a list of these."
            ),
            Field("url", plain: \.publication.url, .webAddress, "Where the dataset is found."),
            Field("citation", plain: \.publication.citation, .prose, "How it is cited, such as an entry of BibTeX."),
            Field("date_published", plain: \.publication.datePublished, .day, "Day of its publication."),
            Field(
                "resolved",
                \.isResolved,
                .bool,
                default: "false",
                "Set in a dataset's own recipe: everything is stated, the environment counts no more."
            ),
        ],
        alternatives: [["duration", "end"]],
        empty: { DatasetSection() }
    )
}

extension Publication {
    /// What is said, with the keys of a recipe.
    package var members: [JSONValue.Member] {
        var section = DatasetSection()
        section.publication = self
        return DatasetSection.definition.encode(section).members
    }
}
