/// An event of one sensor, from a dataset's SQLite file.
struct EventRecord: Decodable {
    var anomaly_type: String
    /// Separated by `;`.
    var metrics: String
    /// Seconds since the dataset's start; `end` is exclusive.
    var start: Int
    var end: Int

    /// Whether the event changes a metric.
    func changes(_ metric: String) -> Bool { metrics.split(separator: ";").contains(metric[...]) }
}

extension Workspace {
    /// The events of a sensor that lie within some seconds of the dataset's start, at least in part.
    func events(of sensor: String, in dataset: String, seconds: Range<Int>) throws -> [EventRecord] {
        let start = "(SELECT min(strftime('%s', timestamp)) FROM sensor_data)"
        let events: [EventRecord] = try query(
            """
            SELECT anomaly_type, metrics, strftime('%s', start) - \(start) AS start,
              strftime('%s', "end") - \(start) AS end
            FROM events WHERE sensor_id = '\(sensor)'
            """,
            of: "\(dataset)/readings.sqlite"
        )
        return events.filter { $0.start < seconds.upperBound && $0.end > seconds.lowerBound }
    }
}
