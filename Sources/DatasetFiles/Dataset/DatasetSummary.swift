public import DatasetGen

/// What a finished run has written.
public struct DatasetSummary: Sendable {
    /// The dataset's folder, which the shards of one have in common.
    public let folder: String
    /// Readings, omitted ones included.
    public let readings: Int64
    /// Rows in each file of readings.
    public let rows: Int64
    /// Sensors.
    public let sensors: Int
    /// Anomalous readings, omitted ones included.
    public let anomalous: Int64
    /// Anomaly events.
    public let events: Int64
    /// Bytes of all files of data.
    public let bytes: Int64
    /// The identity of the content; nil for a shard.
    public let contentSHA256: String?
    /// Which shard it is; nil for a whole dataset.
    public let shard: Shard?

    /// What has been written of a plan: readings with these figures, as so many rows and bytes.
    init(
        _ folder: String,
        content: FileContent,
        of plan: GenerationPlan,
        _ statistics: DatasetStatistics,
        rows: Int64,
        eventCounts: [Int64],
        bytes: Int64
    ) {
        let labels = statistics.labels.reduce(into: LabelCounts()) { $0.merge($1) }
        (self.folder, self.rows, self.bytes) = (folder, rows, bytes)
        (readings, anomalous) = (labels.total, labels.anomalous)
        (sensors, events) = (plan.fleet.sensors.count, eventCounts.reduce(0, +))
        switch content {
        case .dataset(let sha256): (contentSHA256, shard) = (sha256, nil)
        case .shard(let own): (contentSHA256, shard) = (nil, own)
        }
    }

    /// The summary as JSON.
    public var json: JSONValue {
        let figures: JSONValue = [
            "folder": .string(folder), "rows": .integer(rows), "readings": .integer(readings),
            "sensors": .integer(sensors), "anomalous": .integer(anomalous), "events": .integer(events),
            "bytes": .integer(bytes),
        ]
        return figures.adding(shard == nil ? "content_sha256" : "shard", .text(contentSHA256 ?? shard?.text))
    }
}

/// How far a run is.
public struct GenerationProgress: Sendable {
    /// Readings written.
    public let rowsDone: Int64
    /// Readings to write.
    public let rowsTotal: Int64
    /// Bytes written.
    public let bytesWritten: Int64
}

/// The run was asked to stop; what it has written is kept for one that resumes.
public struct GenerationCancelled: Error {
    /// A run that ends so.
    public init() {}
}
