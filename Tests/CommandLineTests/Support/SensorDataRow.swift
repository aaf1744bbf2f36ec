/// Some columns of `sensor_data`.
struct SensorDataRow: Decodable, Equatable {
    var id: Int
    var timestamp: String
    var sensor_id: String
    var location: String
    var anomaly_flag: Int
}

extension Workspace {
    /// The readings of a dataset, from its SQLite file.
    func readings(of dataset: String) throws -> [SensorDataRow] {
        try query(
            "SELECT id, timestamp, sensor_id, location, anomaly_flag FROM sensor_data ORDER BY id",
            of: "\(dataset)/readings.sqlite"
        )
    }
}
