import DatasetGen

/// What `/fleet` shows.
struct FleetView: Sendable {
    /// An anomalous sensor.
    struct Listed: Sendable {
        let id: String
        let type: AnomalyType
        let value: Double
    }

    /// A stretch of the fleet.
    struct Row: Sendable {
        let first: String
        let last: String
        let count: Int
    }

    /// What the values are of; nil where no metric is a number.
    var metric: MetricDescription?
    var sensorCount: Int
    /// Seconds between two columns.
    var step: Int
    /// The newest instant.
    var now: FleetInstant?
    var listed: [Listed] = []
    var rows: [Row] = []
    var columns: [FleetColumn] = []
    var pending = 0

    /// Decimals of means and percentiles: one more than a reading has.
    var decimals: Int { min(6, (metric?.resolution?.decimals ?? 3) + 1) }

    /// Sensors with a reading now.
    var reporting: Int { now?.labels.count { $0 != FleetInstant.silent } ?? 0 }

    /// The places of the sensors that are anomalous now.
    var anomalous: [Int] {
        guard let now else { return [] }
        return now.labels.indices.filter { now.labels[$0] != 0 && now.labels[$0] != FleetInstant.silent }
    }

    /// How many are anomalous now, by type.
    var counts: AnomalyCounts {
        var counts = AnomalyCounts()
        for place in anomalous {
            guard let type = now.flatMap({ AnomalyType(rawValue: $0.labels[place]) }) else { continue }
            counts[type] += 1
        }
        return counts
    }
}
