package import DatasetGen

/// A column of a small table: its name, its SQLite type, and its value for an item.
///
/// The CSV file and the SQLite table of the same name are made from one list of these.
package struct TableColumn<Item>: Sendable {
    package var name: String
    package var sqlType: String
    package var value: @Sendable (Item) -> TableValue

    init(_ name: String, _ sqlType: String, _ value: @escaping @Sendable (Item) -> TableValue) {
        self.name = name
        self.sqlType = sqlType
        self.value = value
    }
}

/// A value of a small table.
package enum TableValue {
    case null
    case integer(Int64)
    case decimal(FixedPoint)
    /// In a style that is a text.
    case time(SimulatedTime, TimestampStyle)
    case text(String)

    /// An instant in a style.
    static func instant(_ time: SimulatedTime, _ style: TimestampStyle) -> TableValue {
        style.isText ? .time(time, style) : .integer(style.number(of: time.microseconds))
    }

    /// A text; nil is NULL.
    static func optional(_ text: String?) -> TableValue { text.map { .text($0) } ?? .null }

    /// A number; nil is NULL.
    static func optional(_ number: FixedPoint?) -> TableValue { number.map { .decimal($0) } ?? .null }
}

extension [TableColumn<EventRow>] {
    /// The columns of `events.csv` and of the table `events`, with times in the style of the readings beside them.
    package static func events(_ timestamps: TimestampStyle) -> [TableColumn<EventRow>] {
        beforeTimes
            + [
                TableColumn("start", timestamps.sqlType) { .instant($0.start, timestamps) },
                TableColumn("end", timestamps.sqlType) { .instant($0.end, timestamps) },
            ] + behindTimes
    }

    private static let beforeTimes: [TableColumn<EventRow>] = [
        // The number comes when the event is appended: in SQLite it is the rowid, whose alias is NULL in the record.
        TableColumn("event_id", "INTEGER PRIMARY KEY") { _ in .null },
        TableColumn("sensor_id", "TEXT") { .text($0.sensorID) },
        TableColumn("anomaly_type", "TEXT") { .text($0.event.type.name) },
        TableColumn("metrics", "TEXT") { .text($0.metrics) },
    ]

    private static let behindTimes: [TableColumn<EventRow>] = [
        TableColumn("first_reading", "INTEGER") { .integer($0.firstReading) },
        TableColumn("last_reading", "INTEGER") { .integer($0.lastReading) },
        TableColumn("readings", "INTEGER") { .integer(Int64($0.event.ticks.count)) },
        TableColumn("magnitude", "REAL") { .optional($0.event.magnitude) },
        TableColumn("direction", "TEXT") { .optional($0.event.direction?.rawValue) },
        TableColumn("mode", "TEXT") { .optional($0.event.mode?.rawValue) },
        TableColumn("peak_snr", "REAL") { .optional($0.event.peakSNR) },
        TableColumn("difficulty", "TEXT") { .optional($0.event.difficulty?.rawValue) },
        TableColumn("truncated", "BOOLEAN") { .integer($0.event.isTruncated ? 1 : 0) },
    ]
}

extension [TableColumn<Sensor>] {
    /// The columns of `sensors.csv` and of the table `sensors`, with the steps of what is measured in numbers.
    ///
    /// Where groups have intervals of their own, with the seconds from one reading to the next.
    package static func sensors(of recipe: Recipe) -> [TableColumn<Sensor>] {
        let grid = recipe.grid
        let interval = TableColumn<Sensor>("interval_seconds", "REAL") { sensor in
            .decimal(FixedPoint(rounding: grid.every(sensor.step).interval.seconds, decimals: 6))
        }
        return identity + (recipe.hasIntervals ? [interval] : [])
            + recipe.schema.metrics.filter { $0.model != .state }
            .map { metric in
                TableColumn("\(metric.name)_resolution", "REAL") { sensor in
                    guard sensor.measures(Metric(rawValue: metric.index)) else { return .null }
                    let resolution = sensor.resolutions[metric.index]
                    return .decimal(FixedPoint(count: Int64(resolution.step), decimals: resolution.decimals))
                }
            }
    }

    private static let identity: [TableColumn<Sensor>] =
        [
            TableColumn("sensor_id", "TEXT PRIMARY KEY") { .text($0.id) },
            TableColumn("sensor_type", "TEXT") { .text($0.type) },
            TableColumn("manufacturer", "TEXT") { .text($0.manufacturer) },
            TableColumn("model", "TEXT") { .text($0.model) },
            TableColumn("firmware_version", "TEXT") { .text($0.firmwareVersion.text) },
            TableColumn("part", "TEXT") { .text($0.part.rawValue) },
            TableColumn("supply", "TEXT") { .text($0.supply.rawValue) },
            TableColumn("serial_number", "TEXT") { .text($0.serialNumber) },
            TableColumn("manufacture_date", "TEXT") { .optional($0.manufactureDate) },
            TableColumn("instance_id", "TEXT") { .optional($0.instanceID) },
            TableColumn("location", "TEXT") { .text($0.place.name) },
            TableColumn("region", "TEXT") { .optional($0.place.region) },
            TableColumn("country", "TEXT") { .optional($0.place.country) },
            TableColumn("latitude", "REAL") { .optional($0.place.latitude) },
            TableColumn("longitude", "REAL") { .optional($0.place.longitude) },
            TableColumn("elevation", "REAL") { sensor in
                .optional(sensor.place.elevation.map { FixedPoint(rounding: $0, decimals: 2) })
            },
            TableColumn("timezone", "TEXT") { .optional($0.place.timezone) },
            TableColumn("deployment_type", "TEXT") { .optional($0.deploymentType) },
            TableColumn("installation_date", "TEXT") { .optional($0.installationDate) },
            TableColumn("height_meters", "REAL") { .optional($0.heightMeters) },
            TableColumn("orientation_degrees", "REAL") { .optional($0.orientationDegrees) },
        ]
}
