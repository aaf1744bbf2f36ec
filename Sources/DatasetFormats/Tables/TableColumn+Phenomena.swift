package import DatasetGen

extension [TableColumn<Phenomenon>] {
    /// The columns of `phenomena.csv` and of the table `phenomena`, with times in the style of the readings beside them.
    ///
    /// - Parameters:
    ///   - timestamps: how times are written.
    ///   - recipe: the recipe.
    ///   - sensors: the fleet; none for columns of which only names and types count.
    /// - Returns: the columns.
    package static func phenomena(
        _ timestamps: TimestampStyle,
        of recipe: Recipe,
        _ sensors: [Sensor] = []
    ) -> [TableColumn<Phenomenon>] {
        [
            TableColumn("phenomenon_id", "TEXT PRIMARY KEY", .text { $0.id }),
            TableColumn("phenomenon", "TEXT", .listed(ListedTexts(recipe.phenomena.map(\.name))) { $0.index }),
            TableColumn("location", "TEXT", .text { sensors[$0.sensor].place.name }),
            TableColumn("sensor_id", "TEXT", .text { $0.isOfCity ? nil : sensors[$0.sensor].id }),
            TableColumn(
                "metrics",
                "TEXT",
                .names(ListedTexts(recipe.schema.metrics.map(\.name))) { $0.metrics.rawValue }
            ),
            TableColumn("start", timestamps.sqlType, .time(timestamps) { $0.start }),
            TableColumn("end", timestamps.sqlType, .time(timestamps) { $0.end }),
        ]
    }
}
