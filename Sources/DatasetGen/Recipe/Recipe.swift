/// What to generate: a validated recipe with every default filled in.
///
/// A dataset is a pure function of this value. It is made from text by ``RecipeReader``, or in a program by
/// ``init(_:named:)``; either way it has been checked, and cannot be changed. Nothing outside it (clock, environment,
/// machine) shapes the data.
public struct Recipe: Hashable, Sendable {
    /// Name of the dataset and, by default, of its folder.
    public package(set) var name: String
    /// Free text that the manifest repeats.
    public package(set) var description: String
    /// The 64-bit seed of all random numbers.
    public package(set) var seed: UInt64
    /// When readings are taken.
    public package(set) var grid: TickGrid
    /// Which reading follows which.
    public package(set) var order: RowOrder
    /// What temperature, humidity and pressure follow.
    public package(set) var climate: Climate
    /// What is measured.
    package var schema = MetricSchema.standard
    /// The metrics that the recipe itself declares; nil for the standard ones.
    package var metrics: [MetricDeclaration]?
    /// Somebody's readings, which are those of the healthy sensors; nil for none.
    package var recording: Recording?
    /// Healthy behaviour by ``StandardMetric/rawValue``.
    public package(set) var normal: [MetricParameters]
    /// How sensors fail.
    public package(set) var anomalies: AnomalyParameters
    /// Whether events tell the sizes that they have turned out to have, beside those that were meant.
    public package(set) var tellsRealised = false
    /// Faults that hit several sensors at one time.
    public package(set) var incidents: [IncidentParameters] = []
    /// What happens to healthy sensors and looks like a fault.
    public package(set) var phenomena: [PhenomenonParameters] = []
    /// The fleet, group by group.
    public package(set) var groups: [FleetGroup]
    /// The files to write, one per format at most, in the order SQLite, CSV, JSON Lines.
    public package(set) var outputs: [OutputParameters]
    /// Whether the files hold the healthy twin of each reading too.
    public package(set) var includesCleanTwin: Bool
    /// What happens to readings on their way; nil for nothing.
    public package(set) var delivery: DeliveryParameters?
    /// Into which parts the readings are split; nil for none.
    public package(set) var splits: SplitParameters?
    /// What is said of the dataset to those who find it.
    public package(set) var publication = Publication()
    /// Files beside it that tools of others expect.
    public package(set) var packages: [DatasetPackage] = []
    /// Settings that only the live mode uses.
    public package(set) var live: LiveParameters

    /// The number of sensors in all groups.
    public var sensorCount: Int { groups.reduce(0) { $0 + $1.count } }

    /// The number of readings, omitted ones included.
    public var readingCount: Int64 {
        if let recording { return recording.readingCount }
        return groups.reduce(0) { $0 + Int64($1.count) * grid.every($1.step).tickCount }
    }

    /// The metrics of all readings, as far as their sensors measure them.
    package var valueCount: Int64 {
        if let recording { return recording.readingCount * Int64(schema.metrics.count) }
        return groups.reduce(0) { sum, group in
            let metrics = group.metrics.map { $0.elements.count } ?? schema.metrics.count
            return sum + Int64(group.count) * grid.every(group.step).tickCount * Int64(metrics)
        }
    }

    /// How many readings a second there are of the whole fleet.
    package var readingsPerSecond: Double {
        let counts = groups.reduce(into: [Int64: Int]()) { $0[$1.step, default: 0] += $1.count }
        return counts.sorted { $0.key < $1.key }
            .reduce(0) { $0 + Double($1.value) / grid.every($1.key).interval.seconds }
    }

    /// The most microseconds that can pass until a reading, or its copy, arrives.
    var greatestDelay: Int64 {
        ([delivery] + groups.map(\.delivery)).compactMap { $0?.greatestDelay }.max() ?? 0
    }

    /// Whether clocks of sensors are fast or slow.
    var hasClockDrift: Bool {
        ([delivery] + groups.map(\.delivery)).contains { $0?.clockDrift != nil }
    }

    /// The greatest share of the readings of a sensor that never arrive.
    package var greatestLoss: Double {
        groups.compactMap { ($0.delivery ?? delivery)?.loss }.max() ?? 0
    }

    /// About how many readings are on their way at a time, where files hold them in the order in which they arrive; else 0.
    package var waitingCount: Double {
        delivery?.order == .arrival ? readingsOnTheirWay : 0
    }

    /// About how many readings are on their way at a time.
    package var readingsOnTheirWay: Double {
        guard let delivery else { return 0 }
        let waiting = groups.reduce(0) { sum, group in
            let rate = Double(group.count) / grid.every(group.step).interval.seconds
            return sum + rate * (group.delivery ?? delivery).meanDelay / 1e6
        }
        return min(waiting, Double(readingCount)).rounded()
    }

    /// Whether groups have intervals of their own.
    package var hasIntervals: Bool { groups.contains { $0.step != 1 } }

    /// How devices of a make fail.
    package func anomalies(of make: AnomalyProfile) -> AnomalyParameters { make.anomalies ?? anomalies }

    /// Whether a reading may have no row.
    package var omitsReadings: Bool {
        ([anomalies] + groups.compactMap(\.anomalies))
            .contains { $0.types.contains { $0.missingModes.contains(.omit) } }
            || incidents.contains { $0.effect.missingModes.contains(.omit) }
    }

    /// The same without anomalies in any group.
    func withoutAnomalies() -> Recipe {
        var healthy = self
        healthy.anomalies.isEnabled = false
        for index in healthy.groups.indices { healthy.groups[index].anomalies = nil }
        healthy.incidents = []
        return healthy
    }
}
