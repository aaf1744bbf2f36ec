/// Whether something that should not tell says which readings are anomalous: the form of the number, the row's place,
/// the time of day, the sensor.
///
/// Each is judged by the area under the ROC curve (``RankAUC``), ½ where it says nothing. Makes of devices differ in
/// their shares as the recipe asks, so pairs of readings are compared within one make only. What has an order (decimals,
/// place) is judged as it is, either way round; what has none (sensor, place, hour) by ``CrossFit``.
struct LeakMeasure {
    private static let positionBins: Int64 = 1_000
    private static let slices: Int64 = 20
    private let plan: GenerationPlan
    private let profiles: [Int]
    private let steps: [SIMD4<Int32>]
    private var anomalous: Int64 = 0
    /// Per sensor: its readings in the even and the odd slices of the run.
    private var sensors: [(CrossFit.Counts, CrossFit.Counts)]
    /// Per make and hour of the day: the readings of its even and its odd sensors.
    private var hours: [(CrossFit.Counts, CrossFit.Counts)]
    /// Per make and thousandth of the dataset.
    private var positions: [(normal: Int64, anomalous: Int64)]
    /// Per make, metric and number of decimals up to 7.
    private var decimals: [(normal: Int64, anomalous: Int64)]
    /// Per make, metric, and whether the value is a multiple of the resolution.
    private var multiples: [(normal: Int64, anomalous: Int64)]

    init(_ plan: GenerationPlan) {
        self.plan = plan
        profiles = plan.fleet.sensors.map(\.profile)
        steps = plan.fleet.sensors.map { SIMD4($0.resolutions.map(\.step)) }
        let (makes, none) = (plan.fleet.profiles.count, (CrossFit.Counts(), CrossFit.Counts()))
        sensors = Array(repeating: none, count: profiles.count)
        hours = Array(repeating: none, count: makes * 24)
        positions = Array(repeating: (0, 0), count: makes * Int(Self.positionBins))
        decimals = Array(repeating: (0, 0), count: makes * Metric.count * 8)
        multiples = Array(repeating: (0, 0), count: makes * Metric.count * 2)
    }

    /// Takes note of a row; readings without one say nothing.
    @inline(__always)
    mutating func add(_ reading: AuditedReading, slice: Int64, positionBin: Int) {
        guard reading.isPresent else { return }
        let isAnomalous = reading.label != 0
        let make = profiles[reading.sensor]
        if isAnomalous { anomalous += 1 }
        Self.count(isAnomalous, &sensors[reading.sensor], isOdd: !slice.isMultiple(of: 2))
        let hour = Int(reading.time.flooredRemainder(by: SimulatedTime.microsecondsPerDay) / 3_600_000_000)
        Self.count(isAnomalous, &hours[make * 24 + hour], isOdd: !reading.sensor.isMultiple(of: 2))
        Self.count(isAnomalous, &positions[make * Int(Self.positionBins) + positionBin])
        // NULL and the values of a broken sensor are what missing data are declared to be.
        if reading.label != AnomalyType.missingData.rawValue { addForm(reading, isAnomalous, make) }
    }

    /// The slice of a tick, and the bin of a position.
    func slice(ofTick tick: Int64) -> Int64 { tick * Self.slices / max(1, plan.rows.tickCount) }
    func bin(ofPosition position: Int64) -> Int {
        Int(Int128(position) * Int128(Self.positionBins) / Int128(max(1, plan.rows.count)))
    }

    private mutating func addForm(_ reading: AuditedReading, _ isAnomalous: Bool, _ make: Int) {
        let step = steps[reading.sensor]
        for metric in 0..<Metric.count {
            let count = reading.metrics[metric]
            guard count != ReadingBlock.null else { continue }
            let group = make * Metric.count + metric
            // Zeros at the end that are dropped: the fewer, the more decimals the number has.
            Self.count(isAnomalous, &decimals[group * 8 + 7 - Self.trailingZeros(count)])
            if step[metric] > 1 {
                Self.count(isAnomalous, &multiples[group * 2 + (count % step[metric] == 0 ? 0 : 1)])
            }
        }
    }

    private static func trailingZeros(_ count: Int32) -> Int {
        var (rest, zeros) = (count, 0)
        while zeros < 7 {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { break }
            rest = quotient
            zeros += 1
        }
        return zeros
    }

    private static func count(_ isAnomalous: Bool, _ counts: inout (normal: Int64, anomalous: Int64)) {
        if isAnomalous { counts.anomalous += 1 } else { counts.normal += 1 }
    }

    private static func count(_ isAnomalous: Bool, _ halves: inout (CrossFit.Counts, CrossFit.Counts), isOdd: Bool) {
        switch (isOdd, isAnomalous) {
        case (false, false): halves.0.normal += 1
        case (false, true): halves.0.anomalous += 1
        case (true, false): halves.1.normal += 1
        case (true, true): halves.1.anomalous += 1
        }
    }

    // MARK: - Figures

    /// The areas.
    var figures: [LeakFigure] {
        [
            LeakFigure(subject: .decimals, auc: worstOfMetrics(decimals, levels: 8)),
            LeakFigure(subject: .multiples, auc: worstOfMetrics(multiples, levels: 2)),
            LeakFigure(subject: .position, auc: positionArea),
            LeakFigure(subject: .timeOfDay, auc: hourArea),
            LeakFigure(subject: .sensor, auc: sensorArea { $0.id }),
            LeakFigure(subject: .location, auc: sensorArea { $0.place.name }),
            LeakFigure(subject: .deploymentType, auc: sensorArea { $0.deploymentType ?? "" }),
        ]
    }

    /// The metric's area that is farthest from ½.
    private func worstOfMetrics(_ counts: [(normal: Int64, anomalous: Int64)], levels: Int) -> Double? {
        (0..<Metric.count)
            .compactMap { metric -> Double? in
                var area = RankAUC()
                for make in plan.fleet.profiles.indices {
                    let first = (make * Metric.count + metric) * levels
                    area.add(Array(counts[first..<first + levels]))
                }
                return area.value.map { max($0, 1 - $0) }
            }
            .max()
    }

    private var positionArea: Double? {
        var area = RankAUC()
        let bins = Int(Self.positionBins)
        for make in plan.fleet.profiles.indices { area.add(Array(positions[make * bins..<(make + 1) * bins])) }
        return area.value.map { max($0, 1 - $0) }
    }

    private var hourArea: Double? {
        var area = CrossFit()
        for make in plan.fleet.profiles.indices { area.add(Array(hours[make * 24..<(make + 1) * 24])) }
        return area.value
    }

    /// The area of a property of the sensors.
    private func sensorArea(_ property: (Sensor) -> String) -> Double? {
        var area = CrossFit()
        for make in plan.fleet.profiles.indices {
            var groups: [(CrossFit.Counts, CrossFit.Counts)] = []
            var indices: [String: Int] = [:]
            for sensor in plan.fleet.sensors where sensor.profile == make {
                let name = property(sensor)
                let index = indices[name] ?? groups.count
                if index == groups.count {
                    indices[name] = index
                    groups.append((CrossFit.Counts(), CrossFit.Counts()))
                }
                let counts = sensors[sensor.index]
                groups[index].0.normal += counts.0.normal
                groups[index].0.anomalous += counts.0.anomalous
                groups[index].1.normal += counts.1.normal
                groups[index].1.anomalous += counts.1.anomalous
            }
            area.add(groups)
        }
        return area.value
    }
}

/// How well something that should not tell says which readings are anomalous.
public struct LeakFigure: Sendable {
    /// What should not tell.
    public enum Subject: String, Sendable {
        /// The number of significant decimals of a metric.
        case decimals
        /// Whether a metric is a whole multiple of its resolution.
        case multiples = "multiple_of_resolution"
        /// The row's place in the dataset.
        case position
        /// The hour of the day, UTC.
        case timeOfDay = "time_of_day"
        /// The sensor, among those of its make.
        case sensor
        /// The place, among the sensors of a make.
        case location
        /// The kind of deployment, among the sensors of a make.
        case deploymentType = "deployment_type"
    }

    /// An area from here on is a leak.
    public static let limit = 0.6

    /// What should not tell.
    public let subject: Subject
    /// The area under the ROC curve; nil where there is nothing to compare.
    public let auc: Double?

    /// Whether it tells.
    public var isLeak: Bool { (auc ?? 0.5) >= Self.limit }

    var json: JSONValue {
        [
            "subject": .string(subject.rawValue),
            "auc": .rounded(auc, decimals: 4),
            "leaks": .literal(isLeak ? "true" : "false"),
        ]
    }
}
