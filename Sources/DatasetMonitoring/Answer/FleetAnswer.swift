import DatasetGen

/// `/fleet`.
enum FleetAnswer {
    static let fields: [AnswerField<FleetView>] = [
        AnswerField(
            "metric",
            .optional(.text),
            "What percentiles, means and values are of; null where no metric is a number"
        ) {
            .text($0.metric?.name)
        },
        AnswerField("sensors", .integer, "Sensors in the fleet") { .integer($0.sensorCount) },
        AnswerField("time", .optional(.text), "The instant that `anomalous` is of, UTC") { .time($0.now?.time) },
        AnswerField("reporting", .integer, "Sensors with a reading at that instant") { .integer($0.reporting) },
        AnswerField(
            "anomalous",
            "The sensors that are anomalous at that instant",
            [
                AnswerField("count", .integer, "How many there are") { .integer($0.anomalous.count) },
                AnswerField("by_type", .map(.integer), "How many by type") { .counts($0.counts) },
                AnswerField("sensors", .list(.object(sensor.schema())), "The first of them, in the fleet's order") {
                    .array($0.listed.map(sensor.json(of:)))
                },
            ]
        ),
        AnswerField("step_seconds", .integer, "Seconds between two columns") { .integer($0.step) },
        AnswerField(
            "rows",
            .list(.object(row.schema())),
            "Stretches of the fleet, of which each column has a mean: single sensors in a fleet of up to \(FleetColumn.mostRows)"
        ) {
            .array($0.rows.map(row.json(of:)))
        },
        AnswerField("pending", .integer, "Columns that come with one of the next answers: each computes only so many") {
            .integer($0.pending)
        },
        AnswerField(
            "columns",
            .list(.object(column.schema())),
            "The fleet at instants that lie a step apart, oldest first"
        ) { view in
            .array(view.columns.map { column.json(of: Column(column: $0, decimals: view.decimals)) })
        },
    ]

    /// A column and how exactly it is told.
    struct Column: Sendable {
        let column: FleetColumn
        let decimals: Int
    }

    private static let sensor: [AnswerField<FleetView.Listed>] = [
        AnswerField("sensor_id", .text, "Its id") { .string($0.id) },
        AnswerField("anomaly_type", .text, "What is wrong with its reading") { .string($0.type.name) },
        AnswerField("value", .optional(.number), "What it reports; null where the reading is missing") {
            $0.value.isNaN ? .null : .rounded($0.value, decimals: 6)
        },
    ]

    private static let row: [AnswerField<FleetView.Row>] = [
        AnswerField("first", .text, "The first sensor's id") { .string($0.first) },
        AnswerField("last", .text, "The last sensor's id") { .string($0.last) },
        AnswerField("sensors", .integer, "How many there are") { .integer($0.count) },
    ]

    private static let column: [AnswerField<Column>] = [
        AnswerField("time", .text, "The instant, UTC") { .time($0.column.time) },
        AnswerField(
            "percentiles",
            .optional(.list(.number)),
            "The 5th, 25th, 50th, 75th and 95th percentile over the fleet; null where nobody reports"
        ) { source in
            source.column.percentiles.map { values in .array(values.map { source.number($0) }) } ?? .null
        },
        AnswerField("means", .list(.optional(.number)), "The mean of each row") { source in
            .array(source.column.means.map { source.number(Double($0)) })
        },
        AnswerField("anomalous", .list(.integer), "How many sensors of each row are anomalous") {
            .array($0.column.anomalous.map { .integer($0) })
        },
    ]
}

extension FleetAnswer.Column {
    /// A value to as many decimals as the metric has, and one more.
    fileprivate func number(_ value: Double) -> JSONValue { value.isNaN ? .null : .rounded(value, decimals: decimals) }
}
