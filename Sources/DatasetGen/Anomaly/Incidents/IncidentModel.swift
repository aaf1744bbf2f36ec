/// The incidents of a recipe: faults that hit several sensors at one time, a pure function of seed, scope and time.
///
/// What an incident does to a sensor is one of its events. An incident that would touch one of a cause listed before, or an
/// earlier one of its own cause, does not hit the sensor; the sensor's own events give way to incidents.
package struct IncidentModel: Sendable {
    private let causes: [Cause]

    private struct Cause: Sendable {
        let parameters: IncidentParameters
        let calendar: OccurrenceCalendar
        let scopes: SensorScopes
        /// Per ``Fleet/kinds`` entry: whether it has a metric that can be hit.
        let areHit: [Bool]
        /// The stream of a sensor's own draws.
        let tag: UInt64
    }

    /// Whether there are none.
    var isEmpty: Bool { causes.isEmpty }

    /// - Throws: ``AnomalyError`` for a city, group and so on that the fleet has not.
    init(_ recipe: Recipe, fleet: Fleet) throws(AnomalyError) {
        let root = RandomKey(seed: recipe.seed).derived("incidents")
        var causes: [Cause] = []
        for (index, incident) in recipe.incidents.enumerated() {
            // By its name, so that causes listed before or after it change nothing of when it comes.
            let key = root.derived(fromText: incident.cause)
            do throws(UnknownScope) {
                let scopes = try SensorScopes(incident.scope, only: incident.only, fleet, key: key)
                let areHit = fleet.kinds.map { kind in
                    (kind.anomalies ?? recipe.anomalies).isEnabled
                        && incident.effect.hits(kind.metrics, of: recipe.schema)
                }
                causes.append(
                    Cause(
                        parameters: incident,
                        calendar: OccurrenceCalendar(
                            incident.timing,
                            duration: incident.duration,
                            traces: incident.spread
                        ),
                        scopes: scopes,
                        areHit: areHit,
                        tag: key.bits(0)
                    )
                )
            } catch {
                throw .unknownScope(incident: index, scope: incident.scope, name: error.name, known: error.known)
            }
        }
        self.causes = causes
    }

    /// What an incident of a cause does to a sensor is drawn with it.
    func effectKey(ofCause cause: Int, number: Int64, of sensor: SensorCore) -> RandomKey {
        let scopes = causes[cause].scopes
        return OccurrenceCalendar.effectKey(of: number, below: scopes.keys[scopes.number(of: sensor)])
    }

    /// The number of the scope in which a cause hits a sensor.
    func scope(ofCause cause: Int, _ sensor: SensorCore) -> Int { causes[cause].scopes.number(of: sensor) }

    /// The name of a scope; nil for the whole fleet.
    package func name(ofScope scope: Int, cause: Int) -> String? {
        let names = causes[cause].scopes.names
        return names.isEmpty ? nil : names[scope]
    }

    /// The events of a sensor that incidents cause and that have a tick in `ticks`, in the order of time.
    func events(of sensor: SensorCore, in ticks: Range<Int64>, on grid: TickGrid) -> [ScheduledEvent] {
        var events: [ScheduledEvent] = []
        for cause in causes.indices {
            forEachHit(of: sensor, cause, in: ticks, on: grid) { event, _ in
                if !givesWay(event, cause, on: sensor, grid) { events.append(event) }
            }
        }
        if events.count > 1 { events.sort { $0.start < $1.start } }
        return events
    }

    /// Whether an event of a sensor touches one that an incident causes.
    func touch(_ event: ScheduledEvent, of sensor: SensorCore, on grid: TickGrid) -> Bool {
        !events(of: sensor, in: event.surroundings, on: grid).isEmpty
    }

    /// The events that incidents cause on a sensor which last, on whatever sensor they hit first and last, over the
    /// boundary before a tick.
    func events(of sensor: SensorCore, over tick: Int64, on grid: TickGrid) -> [ScheduledEvent] {
        var events: [ScheduledEvent] = []
        let time = grid.time(ofTick: tick).microseconds - grid.start.microseconds
        for (index, cause) in causes.enumerated() {
            let reach = time - cause.calendar.longest..<time + cause.calendar.longest
            let ticks = grid.tick(atOffset: reach.lowerBound) - 1..<grid.tick(atOffset: reach.upperBound) + 1
            forEachHit(of: sensor, index, in: ticks, on: grid) { event, incident in
                guard incident.begin < time, time < incident.end + cause.parameters.spread else { return }
                if !givesWay(event, index, on: sensor, grid) { events.append(event) }
            }
        }
        return events
    }

    /// How many events incidents cause on average.
    ///
    /// - Complexity: O(sensors · causes).
    package func expectedEvents(_ plan: GenerationPlan) -> Double {
        let length = plan.recipe.grid.end.microseconds - plan.recipe.grid.start.microseconds
        return causes.reduce(0) { sum, cause in
            let hit = plan.fleet.cores.count {
                cause.areHit[$0.kind] && cause.scopes.areChosen[cause.scopes.number(of: $0)]
            }
            return sum + Double(hit) * cause.parameters.share * cause.calendar.expectedCount(in: length)
        }
    }

    /// Calls `body` with what the incidents of a cause do to a sensor, whether other events leave room for it or not.
    private func forEachHit(
        of sensor: SensorCore,
        _ index: Int,
        in ticks: Range<Int64>,
        on grid: TickGrid,
        _ body: (ScheduledEvent, OccurrenceCalendar.Occurrence) -> Void
    ) {
        let cause = causes[index]
        let scope = cause.scopes.number(of: sensor)
        guard !ticks.isEmpty, cause.areHit[sensor.kind], cause.scopes.areChosen[scope] else { return }
        let start = grid.start.microseconds
        let times =
            grid.time(ofTick: ticks.lowerBound).microseconds - start..<grid.time(ofTick: ticks.upperBound).microseconds
            - start
        let own = sensor.incidentKey(cause.tag)
        let (share, spread) = (cause.parameters.share, UInt64(cause.parameters.spread))
        cause.calendar.forEach(in: times, below: cause.scopes.keys[scope]) { incident in
            let counter = UInt64(bitPattern: incident.number) &* 2
            guard share >= 1 || own.uniform(counter) < share else { return }
            let delay = Int64(own.integer(counter &+ 1, below: spread + 1))
            let first = grid.tick(atOffset: incident.begin + delay)
            let end = grid.tick(atOffset: incident.end + delay)
            // Between two readings nobody notices it.
            guard first < end, first < ticks.upperBound, end > ticks.lowerBound else { return }
            let event = ScheduledEvent(
                type: cause.parameters.effect.type,
                number: incident.number,
                start: first,
                duration: end - first,
                cause: index
            )
            body(event, incident)
        }
    }

    private func givesWay(_ event: ScheduledEvent, _ cause: Int, on sensor: SensorCore, _ grid: TickGrid) -> Bool {
        var givesWay = false
        for other in 0...cause where !givesWay {
            forEachHit(of: sensor, other, in: event.surroundings, on: grid) { hit, _ in
                if other < cause || hit.number < event.number { givesWay = true }
            }
        }
        return givesWay
    }
}

extension ScheduledEvent {
    /// Its ticks, and one on each side.
    fileprivate var surroundings: Range<Int64> { start - 1..<start + duration + 1 }
}

extension AnomalyTypeParameters {
    /// Whether a sensor that measures some metrics has one that an event of this type changes.
    fileprivate func hits(_ metrics: MetricSet, of schema: MetricSchema) -> Bool {
        guard type == .missingData else { return !candidates(among: metrics, of: schema).isEmpty }
        let needsPart = missingModes.contains(.sentinel) || missingModes.contains(.rail)
        return metrics.elements.contains { !needsPart || schema[$0].isOfPart }
    }
}
