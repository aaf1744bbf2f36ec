package import DatasetGen

/// A column of a Parquet file.
package struct ParquetColumn: Sendable {
    /// What its values mean, beyond their type.
    package enum Meaning: Hashable, Sendable {
        case none
        /// UTF-8.
        case text
        /// Microseconds since 1970, of UTC or of a clock whose zone is not told.
        case time(isUTC: Bool)
    }

    package let name: String
    package let type: ParquetType
    package let meaning: Meaning
    /// Whether it may be NULL.
    package let isOptional: Bool

    package init(_ name: String, _ type: ParquetType, _ meaning: Meaning = .none, isOptional: Bool) {
        (self.name, self.type, self.meaning, self.isOptional) = (name, type, meaning, isOptional)
    }

    /// A column of readings, whose times have this style.
    package init(_ column: Column, _ timestamps: TimestampStyle) {
        name = column.name
        (type, meaning, isOptional) =
            switch column {
            case .id: (.int64, .none, false)
            case .timestamp, .arrivalTime: (.int64, .time(isUTC: timestamps == .utc), false)
            case .metric(let metric), .clean(let metric):
                metric.states.isEmpty ? (.double, .none, true) : (.byteArray, .text, true)
            // Plain numbers, so that their mean can be asked for.
            case .statusCode, .anomalyFlag, .synced: (.int32, .none, false)
            case .latitude, .longitude, .heightMeters, .value, .cleanValue: (.double, .none, true)
            case .eventID: (.int64, .none, true)
            case .sensorID, .firmwareVersion, .model, .manufacturer, .serialNumber, .location, .metricName:
                (.byteArray, .text, false)
            case .anomalyType, .timezone, .deploymentType, .installationDate, .difficulty, .split:
                (.byteArray, .text, true)
            }
    }
}

extension ReadingOutput {
    /// The columns of a Parquet file.
    package var parquetColumns: [ParquetColumn] { columns.map { ParquetColumn($0, parameters.timestamps) } }
}
