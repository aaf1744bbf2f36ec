import DatasetFiles
import DatasetGen

extension DatasetSummary {
    /// What a run that has written a dataset or a shard says of it.
    var text: String {
        let share = readings == 0 ? nil : Double(anomalous) / Double(readings)
        let place = folder + (shard.map { ", shard \($0.text)" } ?? "")
        return """
            \(place): \(Readable.count(rows, of: "row")) of \(Readable.count(sensors, of: "sensor")), \
            \(Readable.count(events, of: "anomaly event")), \(Readable.percent(share)) of the readings anomalous
            """ + (contentSHA256.map { "\ncontent_sha256 \($0)" } ?? "")
    }
}
