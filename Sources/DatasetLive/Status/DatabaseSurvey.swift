public import DatasetGen
import GRDB

/// What a live database holds, read by a connection of its own beside the run that writes it.
public struct DatabaseSurvey: Sendable {
    /// The tables and how many rows each has.
    public let tables: [(name: String, rows: Int64)]
    /// The names of the indexes.
    public let indexes: [String]
    /// Readings that another program has marked as synchronised.
    public let syncedReadings: Int64
    /// Anomalous readings by type.
    public let anomalies: [AnomalyType: Int64]

    /// Reads a database.
    ///
    /// - Complexity: O(rows), about a quarter of a second for a million.
    /// - Throws: what SQLite says.
    public init(ofDatabase path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        (tables, indexes, syncedReadings, anomalies) = try queue.read { database in
            let names = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            let tables = try names.map { name in
                (name, try Int64.fetchOne(database, sql: "SELECT count(*) FROM \(name.quotedDatabaseIdentifier)") ?? 0)
            }
            let indexes = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            )
            var (synced, anomalies): (Int64, [AnomalyType: Int64]) = (0, [:])
            let groups = try Row.fetchCursor(
                database,
                // Other programs may have written values of any type.
                sql: """
                    SELECT CASE typeof(anomaly_type) WHEN 'text' THEN anomaly_type END,
                        typeof(synced) IN ('integer', 'real') AND synced <> 0, count(*)
                    FROM sensor_data GROUP BY 1, 2
                    """
            )
            while let group = try groups.next() {
                let (type, isSynced, count): (String?, Bool?, Int64) = (group[0], group[1], group[2])
                if isSynced == true { synced += count }
                if let type, let type = AnomalyType.allCases.first(where: { $0.name == type }) {
                    anomalies[type, default: 0] += count
                }
            }
            return (tables, indexes, synced, anomalies)
        }
    }
}
