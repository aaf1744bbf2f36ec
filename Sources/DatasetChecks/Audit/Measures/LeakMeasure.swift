import DatasetGen

/// Whether something that should not tell says which readings are anomalous: the form of the number, the row's place,
/// the time of day, the sensor.
///
/// Each is judged by the area under the ROC curve (``RankAUC``), ½ where it says nothing. Makes of devices and phases
/// differ in their shares as the recipe asks, so readings are compared within one stratum only: a make in a phase. What
/// has an order (decimals, position) is judged as it is, either way round; what has none (sensor, place, hour) by
/// ``CrossFit``.
struct LeakMeasure {
    private static let positionBins: Int64 = 1_000
    private let plan: GenerationPlan
    private let profiles: [Int]
    private let steps: [[Int32]]
    private let metricCount: Int
    /// Per make: the ticks from which its phases hold, rising; the first is 0.
    private let phases: [[Int64]]
    /// Of all makes.
    private let mostPhases: Int
    /// Per sensor: its readings.
    private let tickCounts: [Int64]
    /// The readings of all events, and the sum of the squares of their numbers.
    private var eventReadings = (sum: 0.0, squares: 0.0)
    /// Per sensor: its readings in the two halves of the run, which few events have a part in both of.
    private var sensors: [(CrossFit.Counts, CrossFit.Counts)]
    /// Per stratum and hour of the day: the readings of its even and its odd sensors.
    private var hours: [(CrossFit.Counts, CrossFit.Counts)]
    /// Per stratum and thousandth of the dataset.
    private var positions: [(normal: Int64, anomalous: Int64)]
    /// Per stratum, metric and number of decimals up to 7.
    private var decimals: [(normal: Int64, anomalous: Int64)]
    /// Per stratum, metric, and whether the value is a multiple of the resolution.
    private var multiples: [(normal: Int64, anomalous: Int64)]

    init(_ plan: GenerationPlan) {
        self.plan = plan
        profiles = plan.fleet.cores.map(\.profile)
        steps = plan.fleet.sensors.map { $0.resolutions.map(\.step) }
        metricCount = plan.recipe.schema.metrics.count
        let courses = plan.anomalies.courses
        phases = courses.map { $0.phases.map { max(0, $0.firstTick) } }
        mostPhases = phases.reduce(1) { max($0, $1.count) }
        tickCounts = profiles.indices.map { plan.rows.tickCount(ofSensor: $0) }
        let (strata, none) = (plan.fleet.profiles.count * mostPhases, (CrossFit.Counts(), CrossFit.Counts()))
        sensors = Array(repeating: none, count: profiles.count)
        hours = Array(repeating: none, count: strata * 24)
        positions = Array(repeating: (0, 0), count: strata * Int(Self.positionBins))
        decimals = Array(repeating: (0, 0), count: strata * metricCount * 8)
        multiples = Array(repeating: (0, 0), count: strata * metricCount * 2)
    }

    /// Takes note of an event.
    mutating func add(_ event: StoredEvent) {
        let count = Double(event.ticks.count)
        eventReadings.sum += count
        eventReadings.squares += count * count
    }

    /// Takes note of a row; readings without one say nothing.
    @inline(__always)
    mutating func add(_ reading: AuditedReading) {
        guard reading.isPresent else { return }
        let isAnomalous = reading.label != 0
        let profile = profiles[reading.sensor]
        let stratum = profile * mostPhases + phase(ofTick: reading.tick, phases[profile])
        CrossFit.count(isAnomalous, &sensors[reading.sensor], isOdd: reading.tick * 2 >= tickCounts[reading.sensor])
        let hour = Int(reading.time.flooredRemainder(by: SimulatedTime.microsecondsPerDay) / 3_600_000_000)
        CrossFit.count(isAnomalous, &hours[stratum * 24 + hour], isOdd: !reading.sensor.isMultiple(of: 2))
        Self.count(isAnomalous, &positions[stratum * Int(Self.positionBins) + bin(ofPosition: reading.position)])
        // NULL and the values of a broken sensor are what missing data are declared to be.
        if reading.label != AnomalyType.missingData.rawValue { addForm(reading, isAnomalous, stratum) }
    }

    private var strata: Range<Int> { 0..<plan.fleet.profiles.count * mostPhases }

    private func phase(ofTick tick: Int64, _ phases: [Int64]) -> Int {
        var phase = phases.count - 1
        while phase > 0, phases[phase] > tick { phase -= 1 }
        return phase
    }

    private func bin(ofPosition position: Int64) -> Int {
        Int(Int128(position) * Int128(Self.positionBins) / Int128(max(1, plan.rows.count)))
    }

    private mutating func addForm(_ reading: AuditedReading, _ isAnomalous: Bool, _ stratum: Int) {
        let step = steps[reading.sensor]
        for metric in 0..<metricCount {
            let count = reading.metrics[metric]
            guard count != ReadingBlock.null else { continue }
            let group = stratum * metricCount + metric
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

    // MARK: - Figures

    /// The areas.
    var figures: [LeakFigure] {
        let areas: [(LeakFigure.Subject, Double?)] = [
            (.decimals, worstOfMetrics(decimals, levels: 8)),
            (.multiples, worstOfMetrics(multiples, levels: 2)),
            (.position, positionArea),
            (.timeOfDay, hourArea),
            (.sensor, CrossFit(sensors, of: plan) { $0.id }.value),
            (.location, CrossFit(sensors, of: plan) { $0.place.name }.value),
            (.deploymentType, CrossFit(sensors, of: plan) { $0.deploymentType ?? "" }.value),
        ]
        return areas.map { LeakFigure(subject: $0.0, auc: $0.1, readings: eventReadings) }
    }

    /// The metric's area that is farthest from ½.
    private func worstOfMetrics(_ counts: [(normal: Int64, anomalous: Int64)], levels: Int) -> Double? {
        (0..<metricCount)
            .compactMap { metric -> Double? in
                var area = RankAUC()
                for stratum in strata {
                    let first = (stratum * metricCount + metric) * levels
                    area.add(Array(counts[first..<first + levels]))
                }
                return area.value.map { max($0, 1 - $0) }
            }
            .max()
    }

    private var positionArea: Double? {
        var area = RankAUC()
        let bins = Int(Self.positionBins)
        for stratum in strata { area.add(Array(positions[stratum * bins..<(stratum + 1) * bins])) }
        return area.value.map { max($0, 1 - $0) }
    }

    private var hourArea: Double? {
        var area = CrossFit()
        for stratum in strata { area.add(Array(hours[stratum * 24..<(stratum + 1) * 24])) }
        return area.value
    }
}
