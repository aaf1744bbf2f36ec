package import DatasetGen

/// What the values of a column are, whatever a format makes of them.
package enum ColumnKind: Sendable {
    /// A whole number.
    case integer
    /// 0 or 1.
    case flag
    /// A number with decimals.
    case number
    /// Microseconds since 1970.
    case time
    /// Text.
    case text
}

extension Column {
    /// What its values are.
    package var kind: ColumnKind {
        switch self {
        case .id, .eventID: .integer
        case .statusCode, .anomalyFlag, .synced: .flag
        case .timestamp, .arrivalTime: .time
        case .metric(let metric), .clean(let metric): metric.states.isEmpty ? .number : .text
        case .latitude, .longitude, .heightMeters, .value, .cleanValue: .number
        case .sensorID, .firmwareVersion, .model, .manufacturer, .serialNumber, .location, .metricName, .anomalyType,
            .timezone, .deploymentType, .installationDate, .difficulty, .split:
            .text
        }
    }

    /// Whether a reading may be without a value of it.
    package var isNullable: Bool {
        switch self {
        case .id, .timestamp, .arrivalTime, .statusCode, .anomalyFlag, .synced, .sensorID, .firmwareVersion, .model,
            .manufacturer, .serialNumber, .location, .metricName:
            false
        case .metric, .clean, .latitude, .longitude, .heightMeters, .value, .cleanValue, .eventID, .anomalyType,
            .timezone, .deploymentType, .installationDate, .difficulty, .split:
            true
        }
    }
}
