import ArgumentParser

/// The options that say what is what in a file of readings; every command that reads one has them.
struct RecordingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Column of times; default timestamp, time, …", valueName: "column"))
    var time: String?

    @Option(help: ArgumentHelp("Column that tells sensors apart; default sensor_id, device, …", valueName: "column"))
    var sensor: String?

    @Option(help: ArgumentHelp("Table of a SQLite database; default the only one, readings, …", valueName: "name"))
    var table: String?

    @Option(
        help: ArgumentHelp(
            "A metric and the column that it is in; repeatable; default all columns of numbers.",
            valueName: "name=column"
        )
    )
    var value: [String] = []

    /// The metrics that are named.
    var metrics: [MetricColumn] { value.compactMap { MetricColumn($0) } }

    func validate() throws {
        var names = Set<String>()
        for text in value {
            guard let metric = MetricColumn(text) else {
                throw ValidationError("--value \(text): \(MetricColumn.problem(with: text))")
            }
            guard names.insert(metric.name).inserted else {
                throw ValidationError("--value \(text): the name \(metric.name) stands twice")
            }
        }
    }
}
