/// How the sensors of a fleet fail: schedules and effects, a pure function of sensor and tick.
///
/// A class, as a copy would count references to each of its lists, for each event and on all cores at once.
final class AnomalyModel: Sendable {
    let grid: TickGrid
    /// What the sensors measure.
    let schema: MetricSchema
    /// Per ``Fleet/profiles`` entry.
    private let profiles: [ScheduleProfile]
    /// Per ``AnomalyType/rawValue``; nil for types that are off.
    let types: [AnomalyTypeParameters?]
    /// Per ``Fleet/kinds`` entry.
    let effects: [EffectModel]
    /// The metrics that are not standard ones; nil where there are none.
    private let declared: DeclaredModels?
    /// Ticks per second.
    let rate: Double
    private let phases: [Phase]
    private let highestProbability: Double
    private let makes: [AnomalyProfile]

    /// A probability and the tick from which it holds.
    private struct Phase {
        var firstTick: Int64
        var probability: Double
    }

    /// - Throws: ``AnomalyError`` when a device's share of anomalies cannot be had.
    init(_ recipe: Recipe, fleet: Fleet, signal: SignalModel) throws(AnomalyError) {
        let anomalies = recipe.anomalies
        grid = recipe.grid
        schema = recipe.schema
        rate = 1 / recipe.grid.interval.seconds
        makes = fleet.profiles
        var types = [AnomalyTypeParameters?](repeating: nil, count: AnomalyType.allCases.count + 1)
        for parameters in anomalies.types { types[Int(parameters.type.rawValue)] = parameters }
        self.types = types
        effects = zip(signal.kinds, fleet.kinds)
            .map { EffectModel($0, $1, signal, recipe: recipe, types: types) }
        declared = signal.declared
        phases =
            [Phase(firstTick: .min, probability: anomalies.probability)]
            + anomalies.phases.map {
                Phase(firstTick: recipe.grid.firstTick(atOffset: $0.offset), probability: $0.probability)
            }
        let highest = anomalies.isEnabled ? phases.reduce(0) { max($0, $1.probability) } : 0
        highestProbability = highest
        var profiles: [ScheduleProfile] = []
        // Makes are as many as a recipe has groups, and most of them fail in the same way.
        var known: [[Double]: ScheduleProfile] = [:]
        for make in fleet.profiles {
            let factors = [make.shareFactor] + anomalies.types.map { make.weightFactor(of: $0.type) }
            if let profile = known[factors] {
                profiles.append(profile)
                continue
            }
            let profile = ScheduleProfile(recipe, profile: make, probability: highest)
            guard profile.isFeasible else {
                let possible = Self.highestFeasible(below: highest, recipe, make)
                throw .shareTooLarge(probability: highest, profile: make, highest: possible)
            }
            known[factors] = profile
            profiles.append(profile)
        }
        self.profiles = profiles
    }

    /// The other metrics of a sensor that change with some: derived ones.
    func dependents(of metrics: MetricSet, on sensor: SensorCore) -> MetricSet {
        guard let declared else { return [] }
        return declared.dependents(of: metrics).subtracting(metrics).intersection(effects[sensor.kind].metrics)
    }

    /// How long the events of a type are on sensors of a make; nil if there are none.
    func lengths(of type: AnomalyType, profile: Int) -> EventLengths? {
        profiles[profile].layers.first { $0.type == type }?.lengths
    }

    /// A schedule per ``Fleet/profiles`` entry, to be handed to ``forEachEvent(of:in:by:_:)``.
    func makeSchedules() -> [SensorSchedule] {
        profiles.map { SensorSchedule($0) }
    }

    /// Calls `body` with every event of a sensor that has a tick in `ticks`.
    func forEachEvent(
        of sensor: SensorCore,
        in ticks: Range<Int64>,
        by schedule: inout SensorSchedule,
        _ body: (ScheduledEvent) -> Void
    ) {
        schedule.move(to: sensor)
        schedule.forEachEvent(in: ticks) { event in
            if happens(event, to: sensor) { body(event) }
        }
    }

    /// Whether a scheduled event happens: the schedule is made for the highest probability of all phases, and thinned
    /// where a phase asks for less.
    private func happens(_ event: ScheduledEvent, to sensor: SensorCore) -> Bool {
        guard phases.count > 1 else { return true }
        let probability = phases.last { $0.firstTick <= event.start }?.probability ?? highestProbability
        let make = makes[sensor.profile]
        let kept = make.share(ofProbability: probability) / make.share(ofProbability: highestProbability)
        return EventTable(event.type, of: sensor).place(of: .thinning, event: event.number) < kept
    }

    private static func highestFeasible(below limit: Double, _ recipe: Recipe, _ make: AnomalyProfile) -> Double {
        var (possible, impossible) = (0.0, limit)
        for _ in 0..<24 {
            let middle = (possible + impossible) / 2
            if ScheduleProfile(recipe, profile: make, probability: middle).isFeasible {
                possible = middle
            } else {
                impossible = middle
            }
        }
        // Rounded down, so that the number in the message is itself possible; what the bisection left open is not.
        let rounded = Double(Int64((possible + impossible) * 500)) / 1_000
        return ScheduleProfile(recipe, profile: make, probability: rounded).isFeasible ? rounded : rounded - 0.001
    }
}
