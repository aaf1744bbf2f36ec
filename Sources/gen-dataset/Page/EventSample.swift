import DatasetFiles
import DatasetGen

/// What a page shows of a dataset's events, counted without the dataset's readings being generated.
///
/// Of a dataset with very many events it is those of some sensors, evenly spread over the fleet, and if need be of the
/// beginning of each bin of time: memory and time are bounded, and the same dataset has the same sample.
struct EventSample: Sendable {
    /// An event of an incident.
    struct Child: Sendable {
        var sensor: Int
        var event: AnomalyEvent
    }

    /// A day of a sensor on which it has events.
    struct Day: Hashable, Sendable {
        var sensor: Int
        /// From 1.
        var number: Int
    }

    /// What happens on such a day.
    struct Happenings: Sendable {
        var types: Set<AnomalyType> = []
        var metrics: MetricSet = []
        var events = 0
    }

    /// The events of sensors of a range.
    fileprivate struct Part: Sendable {
        var counts: [Int]
        var readingsOfIncidents = [Int64](repeating: 0, count: AnomalyType.allCases.count)
        var days: [Day: Happenings] = [:]
        var children: [IncidentReference: [Child]] = [:]
    }

    /// The sensors whose events are counted.
    let sensors: [Int]
    /// The part of each bin that is looked at, from its beginning.
    let share: Double
    /// Microseconds of a bin of time; the last one may be shorter.
    let binLength: Int64
    /// The number of bins.
    let binCount: Int
    private let all: Part
    private let fleetSize: Int

    private static let eventLimit = 200_000.0
    private static let sensorLimit = 10_000
    private static let fewestSensors = 64
    /// Events of an incident that are kept.
    private static let childLimit = 24
    /// Easy, medium, hard, and not rated.
    static let difficultyCount = Difficulty.allCases.count + 1

    /// Counts the events of a plan.
    init(_ plan: GenerationPlan) {
        let (start, end) = (plan.recipe.grid.start.microseconds, plan.recipe.grid.end.microseconds)
        let (length, fleetSize) = (max(1, end - start), plan.fleet.sensors.count)
        let (binLength, expected) = (TimeAxis.step(of: length, atMost: 72), ExpectedEvents.count(plan))
        let binCount = Int((length + binLength - 1) / binLength)
        let perSensor = max(expected / Double(max(1, fleetSize)), 1e-9)
        // Many sensors, each for a part of the time, rather than few of them.
        let possible = max(Double(Self.fewestSensors), Self.eventLimit / perSensor)
        let wanted = min(possible, Double(min(fleetSize, Self.sensorLimit)))
        let sensors = plan.evenlySpreadSensors(Int(wanted))
        let share = min(1, Self.eventLimit / (perSensor * Double(sensors.count)))
        (self.sensors, self.share, self.binLength, self.binCount) = (sensors, share, binLength, binCount)
        self.fleetSize = fleetSize
        let size = AnomalyType.allCases.count * Self.difficultyCount * binCount
        let parts = inParallel(sensors.count, atLeast: 16) { range in
            var part = Part(counts: [Int](repeating: 0, count: size))
            var reader = EventReader(plan, withRealisedSizes: false)
            for sensor in sensors[range] {
                let (grid, run) = (plan.grid(ofSensor: sensor), 0..<plan.rows.tickCount(ofSensor: sensor))
                let late = grid.start.microseconds - start
                let bins = (0..<Int64(binCount)).map { $0 * binLength - late }
                for ticks in Self.ticks(of: grid, run, share: share, bins: bins, binLength: binLength) {
                    reader.forEachEvent(ofSensor: sensor, beginningAt: ticks) { event in
                        let offset = grid.time(ofTick: event.ticks.lowerBound).microseconds - grid.start.microseconds
                        let bin = min(binCount - 1, max(0, Int((late + offset) / binLength)))
                        part.counts[Self.index(event.type, event.difficulty, bin, binCount)] += 1
                        part.add(event, of: sensor, day: Int(offset / SensorDay.microseconds) + 1, Self.childLimit)
                    }
                }
            }
            return part
        }
        var all = Part(counts: [Int](repeating: 0, count: size))
        for part in parts { all.merge(part, Self.childLimit) }
        self.all = all
    }

    /// Whether all events are counted.
    var isComplete: Bool { share == 1 && sensors.count == fleetSize }

    /// How many events of the dataset one of the sample stands for.
    var weight: Double { Double(fleetSize) / Double(max(1, sensors.count)) / share }

    /// The number of events in the sample; nil for a difficulty stands for those that are not rated.
    func count(_ type: AnomalyType, _ difficulty: Difficulty?, bin: Int) -> Int {
        all.counts[Self.index(type, difficulty, bin, binCount)]
    }

    /// The number of events in the sample.
    func count(_ type: AnomalyType, _ difficulty: Difficulty?) -> Int {
        (0..<binCount).reduce(0) { $0 + count(type, difficulty, bin: $1) }
    }

    /// The readings in the sample that incidents make anomalous.
    func readingsOfIncidents(_ type: AnomalyType) -> Int64 { all.readingsOfIncidents[Int(type.rawValue) - 1] }

    /// The first events of an incident, in the order of the fleet.
    func children(of incident: IncidentReference) -> [Child] { all.children[incident] ?? [] }

    /// The days on which most is to be seen: those with most kinds of events, which change most metrics, and, of these, with
    /// fewest events.
    var bestDays: [(day: Day, happenings: Happenings)] {
        all.days.map { (day: $0.key, happenings: $0.value) }
            .sorted { left, right in
                let (first, second) = (left.happenings, right.happenings)
                return (
                    -first.types.count, -first.metrics.elements.count, first.events, left.day.sensor, left.day.number
                )
                    < (
                        -second.types.count, -second.metrics.elements.count, second.events, right.day.sensor,
                        right.day.number
                    )
            }
    }

    /// The ticks of a sensor that are looked at.
    ///
    /// `bins` are the run's, in microseconds from the sensor's own start: one of a recording may begin later.
    private static func ticks(
        of grid: TickGrid,
        _ run: Range<Int64>,
        share: Double,
        bins: [Int64],
        binLength: Int64
    ) -> [Range<Int64>] {
        if share == 1 { return [run] }
        return
            bins.map { bin in
                let first = grid.firstTick(atOffset: max(0, bin))
                let end = grid.firstTick(atOffset: max(0, bin + Int64(share * Double(binLength))))
                return min(first, run.upperBound)..<min(max(first, end), run.upperBound)
            }
    }

    private static func index(_ type: AnomalyType, _ difficulty: Difficulty?, _ bin: Int, _ binCount: Int) -> Int {
        let grade = difficulty.flatMap { Difficulty.allCases.firstIndex(of: $0) } ?? Difficulty.allCases.count
        return ((Int(type.rawValue) - 1) * difficultyCount + grade) * binCount + bin
    }
}

extension EventSample.Part {
    fileprivate mutating func add(_ event: AnomalyEvent, of sensor: Int, day: Int, _ childLimit: Int) {
        let key = EventSample.Day(sensor: sensor, number: day)
        days[key, default: EventSample.Happenings()].types.insert(event.type)
        days[key]?.metrics.formUnion(event.metrics)
        days[key]?.events += 1
        guard let incident = event.incident else { return }
        readingsOfIncidents[Int(event.type.rawValue) - 1] += Int64(event.ticks.count)
        if children[incident, default: []].count < childLimit {
            children[incident, default: []].append(EventSample.Child(sensor: sensor, event: event))
        }
    }

    fileprivate mutating func merge(_ other: Self, _ childLimit: Int) {
        for index in counts.indices { counts[index] += other.counts[index] }
        for index in readingsOfIncidents.indices { readingsOfIncidents[index] += other.readingsOfIncidents[index] }
        // A sensor is in one part.
        days.merge(other.days) { first, _ in first }
        children.merge(other.children) { Array(($0 + $1).prefix(childLimit)) }
    }
}
