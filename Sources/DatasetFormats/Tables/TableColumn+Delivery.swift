package import DatasetGen

extension [TableColumn<DeliveryFault>] {
    /// The columns of `delivery.csv`, of a fleet whose sensors have these names by their indices.
    package static func delivery(_ timestamps: TimestampStyle, sensorIDs: [String]) -> [TableColumn<DeliveryFault>] {
        [
            TableColumn("sensor_id", "TEXT", .listed(ListedTexts(sensorIDs)) { $0.sensor }),
            TableColumn("reading", "INTEGER", .integer { $0.number }),
            TableColumn("taken", timestamps.sqlType, .time(timestamps) { SimulatedTime(microseconds: $0.time) }),
            TableColumn("fault", "TEXT", .text { $0.kind.name }),
            TableColumn(
                "arrival_time",
                timestamps.sqlType,
                .time(timestamps) { $0.arrival.map { SimulatedTime(microseconds: $0) } }
            ),
            TableColumn("clock_ppm", "REAL", .decimal { $0.drift.map { FixedPoint(count: $0, decimals: 3) } }),
        ]
    }
}
