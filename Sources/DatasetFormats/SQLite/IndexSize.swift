package import DatasetGen

/// About how large the indexes of `sensor_data` become.
package enum IndexSize {
    /// Bytes of the index of a column.
    package static func bytes(of column: Column, _ plan: GenerationPlan) -> Double {
        // Lengths, types and the pointer to the cell take six bytes.
        let entry = value(of: column, plan) + Double(rowIDBytes(plan.rows.count)) + 6
        // What is left over at the ends of pages, and the pages above the leaves.
        return Double(plan.rows.count) * entry * 1.02
    }

    /// Mean bytes of a value.
    private static func value(of column: Column, _ plan: GenerationPlan) -> Double {
        let sensors = plan.fleet.sensors
        func mean(_ bytes: (Sensor) -> Int) -> Double {
            sensors.isEmpty ? 0 : Double(sensors.reduce(0) { $0 + bytes($1) }) / Double(sensors.count)
        }
        switch column {
        case .timestamp, .arrivalTime: return Double(SimulatedTime.textLength + 1)
        case .sensorID: return mean { $0.id.utf8.count }
        case .metric, .clean, .latitude, .longitude, .heightMeters, .metricName, .value, .cleanValue:
            return 8
        case .firmwareVersion, .model, .manufacturer, .serialNumber, .location, .timezone, .deploymentType,
            .installationDate:
            let index = Column.metadata.firstIndex(of: column) ?? 0
            return mean { $0.metadata[index]?.utf8.count ?? 0 }
        case .id, .statusCode, .anomalyFlag, .anomalyType, .synced, .eventID, .difficulty, .split: return 1
        }
    }

    /// Bytes of the greatest rowid as SQLite stores it, section 2.1 of https://sqlite.org/fileformat2.html.
    private static func rowIDBytes(_ rowID: Int64) -> Int {
        SQLiteRecord.contentLength(ofType: SQLiteRecord.integer(rowID))
    }
}
