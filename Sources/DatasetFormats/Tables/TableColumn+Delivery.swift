package import DatasetGen

extension [TableColumn<DeliveryFault>] {
    /// The columns of `delivery.csv`, of a fleet whose sensors have these names by their indices.
    package static func delivery(_ timestamps: TimestampStyle, sensorIDs: [String]) -> [TableColumn<DeliveryFault>] {
        [
            TableColumn("sensor_id", "TEXT") { .text(sensorIDs[$0.sensor]) },
            TableColumn("reading", "INTEGER") { .integer($0.number) },
            TableColumn("taken", timestamps.sqlType) {
                .instant(SimulatedTime(microseconds: $0.time), timestamps)
            },
            TableColumn("fault", "TEXT") { .text($0.kind.name) },
            TableColumn("arrival_time", timestamps.sqlType) { fault in
                fault.arrival.map { .instant(SimulatedTime(microseconds: $0), timestamps) } ?? .null
            },
            TableColumn("clock_ppm", "REAL") { fault in
                .optional(fault.drift.map { FixedPoint(count: $0, decimals: 3) })
            },
        ]
    }
}
