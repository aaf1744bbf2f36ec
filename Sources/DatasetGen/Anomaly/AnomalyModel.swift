/// How the sensors of a fleet fail: schedules and effects, a pure function of sensor and tick.
///
/// A class, as a copy would count references to each of its lists, for each event and on all cores at once.
package final class AnomalyModel: Sendable {
    /// What the sensors measure.
    let schema: MetricSchema
    /// Per ``Fleet/profiles`` entry.
    private let profiles: [ScheduleProfile]
    /// Per ``Fleet/profiles`` entry.
    package let courses: [ShareCourse]
    /// Per ``Fleet/kinds`` entry; of a recording, per sensor that was recorded.
    private let effectModels: [EffectModel]
    /// Somebody's readings, with gaps where no event can be; nil for none.
    private let recording: Recording?
    /// Faults that several sensors have at one time.
    package let incidents: IncidentModel
    /// The metrics that are not standard ones; nil where there are none.
    private let declared: DeclaredModels?
    private let makes: [AnomalyProfile]
    /// Whether the event table tells what became of the sizes.
    let tellsRealised: Bool

    /// What makes of devices that fail alike have in common.
    private struct Likeness: Hashable {
        var factors: [Double]
        var anomalies: AnomalyParameters?
        var step: Int64
    }

    /// - Throws: ``AnomalyError`` when a device's share of anomalies cannot be had, or incidents are asked for where no
    ///   sensor is.
    init(_ recipe: Recipe, fleet: Fleet, signal: SignalModel) throws(AnomalyError) {
        (schema, tellsRealised) = (recipe.schema, recipe.tellsRealised)
        makes = fleet.profiles
        recording = recipe.recording
        if let recording = recipe.recording {
            effectModels = fleet.cores.prefix(recording.isReplicated ? 1 : fleet.cores.count)
                .map { EffectModel(recording, of: $0, fleet.kinds[$0.kind], recipe: recipe) }
        } else {
            effectModels = zip(signal.kinds, fleet.kinds).map { EffectModel($0, $1, signal, recipe: recipe) }
        }
        declared = signal.declared
        incidents = try IncidentModel(recipe, fleet: fleet)
        var (profiles, courses): ([ScheduleProfile], [ShareCourse]) = ([], [])
        // Makes are as many as a recipe has groups, and most of them fail in the same way.
        var known: [Likeness: (ScheduleProfile, ShareCourse)] = [:]
        for make in fleet.profiles {
            let types = recipe.anomalies(of: make).types
            let factors = [make.shareFactor] + types.map { make.weightFactor(of: $0.type) }
            let likeness = Likeness(factors: factors, anomalies: make.anomalies, step: make.step)
            if let (profile, course) = known[likeness] {
                profiles.append(profile)
                courses.append(course)
                continue
            }
            let course = ShareCourse(recipe, profile: make)
            let profile = ScheduleProfile(recipe, profile: make, probability: course.highest)
            guard profile.isFeasible else {
                let possible = Self.highestFeasible(below: course.highest, recipe, make)
                throw .shareTooLarge(probability: course.highest, profile: make, highest: possible)
            }
            known[likeness] = (profile, course)
            profiles.append(profile)
            courses.append(course)
        }
        (self.profiles, self.courses) = (profiles, courses)
    }

    /// What the effects on a sensor are measured in.
    func effects(of sensor: SensorCore) -> EffectModel {
        guard let recording else { return effectModels[sensor.kind] }
        return effectModels[recording.isReplicated ? 0 : sensor.index]
    }

    /// When a sensor reports; of a recording, how often.
    func grid(of sensor: SensorCore) -> TickGrid { courses[sensor.profile].grid }

    /// The ticks of a sensor's readings.
    func run(of sensor: SensorCore) -> Range<Int64> {
        0..<(recording?.sensors[sensor.index].grid.tickCount ?? courses[sensor.profile].grid.tickCount)
    }

    /// Whether what is empty stays so, whatever happens to a sensor.
    var keepsGaps: Bool { recording != nil }

    /// The other metrics of a sensor that change with some: derived ones.
    func dependents(of metrics: MetricSet, on sensor: SensorCore) -> MetricSet {
        guard let declared else { return [] }
        return declared.dependents(of: metrics).subtracting(metrics).intersection(effects(of: sensor).metrics)
    }

    /// How long the events of a type are on sensors of a make; nil if there are none.
    package func lengths(of type: AnomalyType, profile: Int) -> EventLengths? {
        profiles[profile].layers.first { $0.type == type }?.lengths
    }

    /// A schedule per ``Fleet/profiles`` entry, to be handed to ``forEachEvent(of:in:by:_:)``.
    package func makeSchedules() -> [SensorSchedule] {
        profiles.map { SensorSchedule($0) }
    }

    /// Calls `body` with every event of a sensor that has a tick in `ticks`, in the order of time.
    ///
    /// The sensor's own events give way to those that incidents cause.
    package func forEachEvent(
        of sensor: SensorCore,
        in ticks: Range<Int64>,
        by schedule: inout SensorSchedule,
        _ body: (ScheduledEvent) -> Void
    ) {
        guard incidents.isEmpty else {
            let grid = grid(of: sensor)
            var caused = incidents.events(of: sensor, in: ticks, on: grid)[...]
            forEachOwnEvent(of: sensor, in: ticks, by: &schedule) { event in
                guard !incidents.touch(event, of: sensor, on: grid) else { return }
                while let next = caused.first, next.start < event.start {
                    body(next)
                    caused.removeFirst()
                }
                body(event)
            }
            return caused.forEach(body)
        }
        forEachOwnEvent(of: sensor, in: ticks, by: &schedule, body)
    }

    /// Calls `body` with every event of a sensor that gives way to an incident and would have a tick in `ticks`.
    package func forEachDisplacedEvent(
        of sensor: SensorCore,
        in ticks: Range<Int64>,
        by schedule: inout SensorSchedule,
        _ body: (ScheduledEvent) -> Void
    ) {
        guard !incidents.isEmpty else { return }
        forEachOwnEvent(of: sensor, in: ticks, by: &schedule) { event in
            if incidents.touch(event, of: sensor, on: grid(of: sensor)) { body(event) }
        }
    }

    /// Calls `body` with every event of the sensor's own schedule.
    private func forEachOwnEvent(
        of sensor: SensorCore,
        in ticks: Range<Int64>,
        by schedule: inout SensorSchedule,
        _ body: (ScheduledEvent) -> Void
    ) {
        schedule.move(to: sensor)
        schedule.forEachEvent(in: ticks) { event in
            guard happens(event, to: sensor) else { return }
            guard let recording else { return body(event) }
            guard let event = fitted(event, to: sensor, recording), event.ticks.overlaps(ticks) else { return }
            body(event)
        }
    }

    /// Whether a scheduled event happens: the schedule is made for the highest probability of all phases, and thinned
    /// where a phase asks for less.
    private func happens(_ event: ScheduledEvent, to sensor: SensorCore) -> Bool {
        guard courses[sensor.profile].phases.count > 1 else { return true }
        let course = courses[sensor.profile]
        let make = makes[sensor.profile]
        let kept =
            make.share(ofProbability: course.probability(at: event.start))
            / make.share(ofProbability: course.highest)
        return EventTable(event.type, of: sensor).keeps(event: event.number, part: kept)
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

extension AnomalyModel {
    /// An event without the ticks at its ends at which none of its metrics has a reading; nil if none is left.
    ///
    /// Its first and its last reading differ from the healthy ones, and what is empty stays so.
    private func fitted(_ event: ScheduledEvent, to sensor: SensorCore, _ recording: Recording) -> ScheduledEvent? {
        let inside = event.ticks.clamped(to: recording.ticks(ofSensor: sensor.index))
        let metrics = EffectDraw(event, of: sensor, model: self).changed(schema, effects(of: sensor).metrics)
        let columns = metrics.elements.compactMap { metric in
            recording.metrics.firstIndex { $0.name == schema[metric].name }
        }
        func hasReading(_ tick: Int64) -> Bool {
            columns.contains { recording.count($0, of: sensor.index, at: tick) != ReadingBlock.null }
        }
        guard let first = inside.first(where: hasReading), let last = inside.last(where: hasReading) else { return nil }
        // An event that an end of the readings cuts stays cut.
        let start = first == inside.lowerBound ? event.start : first
        let end = last == inside.upperBound - 1 ? event.ticks.upperBound : last + 1
        return ScheduledEvent(type: event.type, number: event.number, start: start, duration: end - start)
    }
}
