/// What a dataset's manifest says of its readings: moments per metric, and labels per make of device.
public struct DatasetStatistics: Hashable, Sendable {
    /// Per ``Metric/rawValue``: the readings labelled normal.
    public private(set) var normal = [ColumnStatistics](repeating: ColumnStatistics(), count: Metric.count)
    /// Per ``Metric/rawValue``: the anomalous readings.
    public private(set) var anomalous = [ColumnStatistics](repeating: ColumnStatistics(), count: Metric.count)
    /// Per ``Fleet/profiles`` entry: how many readings have which label.
    public private(set) var labels: [LabelCounts]

    /// No readings.
    public init(profileCount: Int) {
        labels = Array(repeating: LabelCounts(), count: profileCount)
    }

    /// All readings of a metric.
    public func all(_ metric: Metric) -> ColumnStatistics {
        var sum = normal[metric.rawValue]
        sum.merge(anomalous[metric.rawValue])
        return sum
    }

    /// Adds the readings of other blocks.
    public mutating func merge(_ other: DatasetStatistics) {
        for metric in normal.indices {
            normal[metric].merge(other.normal[metric])
            anomalous[metric].merge(other.anomalous[metric])
        }
        for profile in labels.indices { labels[profile].merge(other.labels[profile]) }
    }

    /// Forgets all readings.
    mutating func reset(profileCount: Int) {
        self = DatasetStatistics(profileCount: profileCount)
    }

    /// Adds the first `count` readings of a sensor; without labels all are normal.
    mutating func add(_ columns: [[Int32]], labels: [UInt8]?, count: Int, profile: Int) {
        guard let labels else {
            for metric in columns.indices { normal[metric].add(columns[metric], count: count) }
            self.labels[profile].add(.normal, count: Int64(count))
            return
        }
        for index in 0..<count {
            let label = Label(rawValue: labels[index])
            self.labels[profile].add(label, count: 1)
            guard !label.isOmitted else { continue }
            for metric in columns.indices {
                let value = columns[metric][index]
                if label.isAnomalous { anomalous[metric].add(value) } else { normal[metric].add(value) }
            }
        }
    }
}

/// How many readings have which label.
public struct LabelCounts: Hashable, Sendable {
    /// By ``AnomalyType/rawValue``, 0 for normal: the readings, omitted ones included.
    private var ticks = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    /// Readings of which the dataset has no row.
    public private(set) var omitted: Int64 = 0

    /// No readings.
    public init() {}

    /// All readings, omitted ones included.
    public var total: Int64 { ticks.reduce(0, +) }

    /// Anomalous readings, omitted ones included.
    public var anomalous: Int64 { total - ticks[0] }

    /// Readings of one type, omitted ones included.
    public subscript(type: AnomalyType) -> Int64 { ticks[Int(type.rawValue)] }

    mutating func add(_ label: Label, count: Int64) {
        ticks[Int(label.anomalyType?.rawValue ?? 0)] += count
        if label.isOmitted { omitted += count }
    }

    /// Adds the readings of other counts.
    public mutating func merge(_ other: LabelCounts) {
        for index in ticks.indices { ticks[index] += other.ticks[index] }
        omitted += other.omitted
    }
}
