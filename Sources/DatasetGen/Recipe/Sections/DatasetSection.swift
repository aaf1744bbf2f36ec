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
                .choice,
                default: "time",
                "Order of the rows: all sensors tick by tick, or sensor after sensor."
            ),
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
