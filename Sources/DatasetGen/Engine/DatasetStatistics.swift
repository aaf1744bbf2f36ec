/// What a dataset's manifest says of its readings: moments per metric, and labels per make of device.
public struct DatasetStatistics: Hashable, Sendable {
    /// Per ``Metric/rawValue``: the readings labelled normal, in counts of the fleet's finest decimals.
    public internal(set) var normal: [ColumnStatistics]
    /// Per ``Metric/rawValue``: the anomalous readings.
    public internal(set) var anomalous: [ColumnStatistics]
    /// Per ``Fleet/profiles`` entry: how many readings have which label.
    public internal(set) var labels: [LabelCounts]

    /// Per ``Fleet/kinds`` entry, per metric: counts of the finest decimals in one of the kind's; 0 for what it does not
    /// measure.
    private let factors: [[Int64]]
    /// Per ``Metric/rawValue``: whether single readings may be NULL.
    private let isOptional: [Bool]

    /// No readings of a fleet.
    public init(_ fleet: Fleet) {
        labels = Array(repeating: LabelCounts(), count: fleet.profiles.count)
        let metrics = fleet.resolvedRecipe.schema.all
        normal = fleet.resolvedRecipe.schema.metrics.map { ColumnStatistics(stateCount: $0.states.count) }
        anomalous = normal
        isOptional = fleet.resolvedRecipe.schema.metrics.map(\.isOptional)
        factors = fleet.kinds.map { kind in
            metrics.map { metric in
                let finer = fleet.decimals(of: metric) - kind.resolutions[metric.rawValue].decimals
                return kind.metrics.contains(MetricSet(metric)) ? Int64.powerOfTen(finer) ?? 1 : 0
            }
        }
    }

    /// No readings of no fleet.
    package init() {
        (normal, anomalous, labels, factors, isOptional) = ([], [], [], [], [])
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
    package mutating func reset(_ fleet: Fleet) {
        if labels.count != fleet.profiles.count || factors.count != fleet.kinds.count {
            self = DatasetStatistics(fleet)
            return
        }
        for metric in normal.indices {
            normal[metric] = ColumnStatistics(stateCount: normal[metric].stateCounts.count)
            anomalous[metric] = normal[metric]
        }
        for profile in labels.indices { labels[profile] = LabelCounts() }
    }

    /// Adds readings of a sensor that have one label.
    package mutating func add(_ columns: [[Int32]], _ range: Range<Int>, label: Label, sensor: SensorCore) {
        guard !range.isEmpty else { return }
        labels[sensor.profile].add(label, count: Int64(range.count))
        guard !label.isOmitted else { return }
        let columns = columns.span
        for metric in columns.indices {
            let factor = factors[sensor.kind][metric]
            if factor == 0 { continue }
            if isOptional[metric] {
                if label.isAnomalous {
                    anomalous[metric].addOptional(columns[metric].span, range, factor: factor)
                } else {
                    normal[metric].addOptional(columns[metric].span, range, factor: factor)
                }
            } else if !label.isAnomalous {
                normal[metric].add(columns[metric].span, range, factor: factor)
            } else if columns[metric].span[range.lowerBound] == ReadingBlock.null {
                // The readings of one event are all NULL or none is.
                anomalous[metric].addNulls(range.count)
            } else {
                anomalous[metric].add(columns[metric].span, range, factor: factor)
            }
        }
    }
}

/// How many readings have which label.
public struct LabelCounts: Hashable, Sendable {
    /// By ``AnomalyType/rawValue``, 0 for normal: the readings, omitted ones included.
    var ticks = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    /// Readings of which the dataset has no row.
    public internal(set) var omitted: Int64 = 0

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

extension LabelCounts: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(ticks)
        state.append(omitted)
    }

    package init(from state: inout StateReader) throws(StateError) {
        let ticks: [Int64] = try state.next()
        guard ticks.count == self.ticks.count else { throw StateError() }
        self.ticks = ticks
        omitted = try state.next()
    }
}

extension DatasetStatistics {
    /// Appends the counts of all readings so far; the fleet is known to whoever reads them.
    package func store(in state: inout StateWriter) {
        state.append(normal)
        state.append(anomalous)
        state.append(labels)
    }

    /// Reads what ``store(in:)`` has written for the same fleet.
    ///
    /// - Throws: ``StateError``.
    package init(_ fleet: Fleet, from state: inout StateReader) throws(StateError) {
        self.init(fleet)
        let (normal, anomalous): ([ColumnStatistics], [ColumnStatistics]) = (try state.next(), try state.next())
        let labels: [LabelCounts] = try state.next()
        func states(_ columns: [ColumnStatistics]) -> [Int] { columns.map(\.stateCounts.count) }
        guard states(normal) == states(self.normal), states(anomalous) == states(normal),
            labels.count == self.labels.count
        else { throw StateError() }
        (self.normal, self.anomalous, self.labels) = (normal, anomalous, labels)
    }
}
