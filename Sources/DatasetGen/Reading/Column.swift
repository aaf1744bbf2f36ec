/// A column of readings.
///
/// ``MetricSchema/columns(includingTwin:)`` is the schema: the CSV header, the SQLite table and the manifest are made from
/// it.
public enum Column: Hashable, Sendable {
    /// The reading's number in the dataset's order, from 1.
    case id
    /// When the reading was taken, UTC.
    case timestamp
    /// Which sensor took it.
    case sensorID
    /// What was measured.
    case metric(MetricDescription)
    /// 0 normal, 1 anomaly.
    case statusCode
    /// 0 normal, 1 anomaly.
    case anomalyFlag
    /// The anomaly type or NULL.
    case anomalyType
    /// Firmware version.
    case firmwareVersion
    /// Model.
    case model
    /// Manufacturer.
    case manufacturer
    /// Serial number.
    case serialNumber
    /// Name of the place.
    case location
    /// Degrees north.
    case latitude
    /// Degrees east.
    case longitude
    /// IANA time zone.
    case timezone
    /// Kind of deployment.
    case deploymentType
    /// Day of installation.
    case installationDate
    /// Height above ground.
    case heightMeters
    /// Whether a consumer has marked the row as synchronised.
    case synced
    /// Healthy twin of a metric, only where the dataset holds it.
    case clean(MetricDescription)
    /// Number of the event that a reading is of, only where an output names it.
    case eventID
    /// How hard that event is to find, only where an output names it.
    case difficulty
    /// When the reading arrives, only where something happens to readings on their way.
    case arrivalTime
    /// Which part of the splits a reading is in, only where the recipe splits readings.
    case split
    /// Which metric a row of the narrow layout is of.
    case metricName
    /// The reading of that metric.
    case value(ValueKind)
    /// Its healthy twin, only where the dataset holds it.
    case cleanValue(ValueKind)

    /// What the values of the narrow layout are.
    public enum ValueKind: Hashable, Sendable {
        /// Numbers alone.
        case numbers
        /// Numbers, and the texts of states.
        case numbersAndTexts

        /// The declared SQLite type: none where SQLite shall not make a number of a text.
        fileprivate var sqlType: String { self == .numbers ? "REAL" : "" }
    }

    /// What readings begin with, before the metrics.
    package static let leading: [Column] = [.id, .timestamp, .sensorID]
    /// What stands behind the metrics.
    package static let labels: [Column] = [.statusCode, .anomalyFlag, .anomalyType]
    /// What is the sensor's, behind the labels.
    package static let metadata: [Column] = [
        .firmwareVersion, .model, .manufacturer, .serialNumber, .location, .latitude, .longitude, .timezone,
        .deploymentType, .installationDate, .heightMeters,
    ]

    /// The column's name.
    public var name: String { declaration.name }
    /// The declared SQLite type, of times the one of texts.
    public var sqlType: String { declaration.sqlType }
    /// The unit's symbol, or nil.
    public var unit: String? { declaration.unit }
    /// One line on what it holds.
    public var summary: String { declaration.summary }

    private var declaration: (name: String, sqlType: String, unit: String?, summary: String) {
        switch self {
        case .id:
            ("id", "INTEGER PRIMARY KEY AUTOINCREMENT", nil, "Number of the reading in the dataset's order, from 1")
        case .timestamp: ("timestamp", "DATETIME", nil, "When the reading was taken, UTC")
        case .sensorID: ("sensor_id", "TEXT", nil, "Sensor that took it")
        case .metric(let metric): (metric.name, metric.sqlType, metric.symbol, metric.summary)
        case .statusCode: ("status_code", "INTEGER", nil, "0 normal, 1 anomaly")
        case .anomalyFlag: ("anomaly_flag", "BOOLEAN", nil, "0 normal, 1 anomaly")
        case .anomalyType: ("anomaly_type", "TEXT", nil, "spike, trend, pattern, missing_data, noise, or NULL")
        case .firmwareVersion: ("firmware_version", "TEXT", nil, "Firmware of the sensor")
        case .model: ("model", "TEXT", nil, "Model of the sensor")
        case .manufacturer: ("manufacturer", "TEXT", nil, "Manufacturer of the sensor")
        case .serialNumber: ("serial_number", "TEXT", nil, "Serial number of the sensor")
        case .location: ("location", "TEXT", nil, "Name of the place")
        case .latitude: ("latitude", "REAL", "°", "Degrees north")
        case .longitude: ("longitude", "REAL", "°", "Degrees east")
        case .timezone: ("timezone", "TEXT", nil, "IANA time zone of the place")
        case .deploymentType: ("deployment_type", "TEXT", nil, "Kind of deployment")
        case .installationDate: ("installation_date", "TEXT", nil, "Day of installation")
        case .heightMeters: ("height_meters", "REAL", "m", "Height above ground")
        case .synced: ("synced", "BOOLEAN DEFAULT 0", nil, "Set by consumers; 0 when generated")
        case .clean(let metric):
            ("clean_\(metric.name)", metric.sqlType, metric.symbol, "What the healthy sensor would have reported")
        case .eventID: ("event_id", "INTEGER", nil, "Number of the event in events.csv, or NULL")
        case .difficulty: ("difficulty", "TEXT", nil, "easy, medium, hard, or NULL")
        case .arrivalTime: ("arrival_time", "DATETIME", nil, "When the reading has arrived, UTC")
        case .split: ("split", "TEXT", nil, "Part of the splits, or NULL for none")
        case .metricName: ("metric", "TEXT", nil, "What was measured")
        case .value(let kind): ("value", kind.sqlType, nil, "The reading, in the unit of its metric")
        case .cleanValue(let kind):
            ("clean_value", kind.sqlType, nil, "What the healthy sensor would have reported")
        }
    }
}

extension MetricDescription {
    fileprivate var sqlType: String { model == .state ? "TEXT" : "REAL" }
    fileprivate var symbol: String? { unit.isEmpty ? nil : unit }
}

extension MetricSchema {
    /// The columns of readings, in the order of every format, with those of the healthy twin or without.
    package func columns(includingTwin: Bool) -> [Column] {
        Column.leading + metrics.map { .metric($0) } + Column.labels + Column.metadata + [.synced]
            + (includingTwin ? metrics.map { .clean($0) } : [])
    }

    /// The columns of the narrow layout where an output names none, but for the number, which only SQLite needs.
    func narrowColumns(includingTwin: Bool) -> [Column] {
        [.timestamp, .sensorID, .metricName, .value(valueKind), .anomalyType]
            + (includingTwin ? [.cleanValue(valueKind)] : [])
    }

    /// All columns that an output of a layout may name.
    ///
    /// - Parameters:
    ///   - layout: the layout.
    ///   - includingTwin: whether there is the healthy twin.
    ///   - arriving: whether rows are what arrives.
    ///   - split: whether readings are split.
    /// - Returns: the columns, in the order in which all are told of.
    func namableColumns(
        _ layout: OutputLayout,
        includingTwin: Bool,
        arriving: Bool,
        split: Bool = false
    ) -> [Column] {
        let last = [Column.eventID, .difficulty] + (arriving ? [.arrivalTime] : []) + (split ? [.split] : [])
        switch layout {
        case .wide: return columns(includingTwin: includingTwin) + last
        case .narrow:
            return Column.leading + [.metricName, .value(valueKind)] + Column.labels + Column.metadata + [.synced]
                + (includingTwin ? [.cleanValue(valueKind)] : []) + last
        }
    }

    /// The keys of JSON Lines where an output names no columns.
    fileprivate func keys(includingTwin: Bool) -> [Column] {
        [.timestamp, .sensorID] + metrics.map { .metric($0) }
            + [.location, .latitude, .longitude, .timezone, .anomalyFlag, .anomalyType]
            + [.manufacturer, .model, .firmwareVersion] + (includingTwin ? metrics.map { .clean($0) } : [])
    }

    private var valueKind: Column.ValueKind {
        metrics.allSatisfy(\.states.isEmpty) ? .numbers : .numbersAndTexts
    }
}

extension Column {
    /// Whether it is of the healthy twin.
    var isTwin: Bool {
        switch self {
        case .clean, .cleanValue: true
        default: false
        }
    }

    /// Whether its values are instants, which are written in an output's style.
    package var isTime: Bool { self == .timestamp || self == .arrivalTime }

    /// Whether it tells of the event that a reading is of.
    package var isOfEvent: Bool { self == .eventID || self == .difficulty }
}

extension OutputParameters {
    /// The columns of its rows, in their order.
    func columns(of schema: MetricSchema, includingTwin: Bool) -> [Column] {
        if let columns { return columns }
        if format.isPoints {
            return [.timestamp] + points.tags + schema.metrics.map { .metric($0) }
                + (includingTwin ? schema.metrics.map { .clean($0) } : [])
                + (points.labels == .fields ? (format.isLineProtocol ? [.anomalyFlag] : []) + [.anomalyType] : [])
        }
        let last: [Column] = (isOfArrivals ? [.arrivalTime] : []) + (tellsSplits ? [.split] : [])
        switch layout {
        case .wide where !last.isEmpty && format == .jsonl: return schema.keys(includingTwin: includingTwin) + last
        case .wide: return schema.columns(includingTwin: includingTwin) + last
        case .narrow:
            return (format.hasRowKey ? [.id] : []) + schema.narrowColumns(includingTwin: includingTwin) + last
        }
    }
}

extension Recipe {
    /// The columns of an output's rows, in their order.
    package func columns(of output: OutputParameters) -> [Column] {
        output.columns(of: schema, includingTwin: includesCleanTwin)
    }

    /// The columns that the rows of an output tell: JSON Lines, unless stated otherwise, only what the reference's object has.
    package func toldColumns(of output: OutputParameters) -> [Column] {
        output.format == .jsonl && output.isPlain
            ? schema.keys(includingTwin: includesCleanTwin) : columns(of: output)
    }

    /// The columns that the files hold: those of the readings, and what outputs name besides.
    package var heldColumns: [Column] {
        guard !outputs.allSatisfy(\.isPlain) else { return columns }
        let held = Set(outputs.flatMap { columns(of: $0) })
        var known: [Column] = []
        for layout in OutputLayout.allCases {
            let all = schema.namableColumns(
                layout,
                includingTwin: includesCleanTwin,
                arriving: delivery != nil,
                split: splits != nil
            )
            known += all.filter { !known.contains($0) }
        }
        return known.filter { held.contains($0) }
    }

    /// The columns of the readings.
    package var columns: [Column] { schema.columns(includingTwin: includesCleanTwin) }
}
