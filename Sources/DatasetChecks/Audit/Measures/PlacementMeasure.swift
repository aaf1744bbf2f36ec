package import DatasetGen

/// Whether something that a model can see beforehand tells when the next event comes, or what it is like.
///
/// Labels can be exact, shares as asked and places even, and yet a schedule gives itself away: events that come like a clock,
/// or at a fixed lag behind those of another sensor, are predicted by whoever has seen some of them. That is learned
/// faster than any anomaly, and holds for no real fleet.
package struct PlacementMeasure: Sendable {
    /// The most sensors that are compared with one another.
    private static let sensorLimit = 48
    /// Events of a sensor and a type that are kept.
    private static let eventLimit = 2_048

    private struct Known {
        var starts: [Int64] = []
        var difficulties: [Int] = []
        var modes: [Int] = []
        /// Ticks since the last event at which another could have begun.
        var waited: Int64 = 0
    }

    /// The sensors that are compared.
    private let sensors: Range<Int>
    private let tickCount: Int64
    /// Whether the probability is the same all the time.
    private let isSteady: Bool
    /// By how much two sensors have more events at the same time than by their mean rates.
    private let crowding: Double
    /// Per sensor, per ``AnomalyType/rawValue``.
    private var known: [[Known]]
    /// Per sensor: the tick behind the last event.
    private var ends: [Int64]
    /// Per sensor: events of its own that give way to incidents, the next one last.
    private var displaced: [[Range<Int64>]]
    /// Per ``AnomalyType/rawValue``.
    private var gaps = [GapMeasure](repeating: GapMeasure(), count: AnomalyType.allCases.count + 1)

    /// A measure of the events of a plan's sensors.
    package init(_ plan: GenerationPlan) {
        self.init(plan, isOtherSeed: false)
    }

    private init(_ plan: GenerationPlan, isOtherSeed: Bool) {
        sensors = Self.sensors(of: plan.fleet)
        let cores = plan.fleet.cores
        let make = sensors.isEmpty ? nil : plan.fleet.profiles[cores[sensors.lowerBound].profile]
        let anomalies = make.map { plan.recipe.anomalies(of: $0) } ?? plan.recipe.anomalies
        let grid =
            sensors.isEmpty
            ? plan.recipe.grid : plan.anomalies.courses[cores[sensors.lowerBound].profile].grid
        tickCount = grid.tickCount
        isSteady = anomalies.phases.isEmpty
        var (first, last, sum, squares) = (Int64(0), anomalies.probability, 0.0, 0.0)
        for (tick, next) in anomalies.phases.map({ (grid.firstTick(atOffset: $0.offset), $0.probability) })
            + [(tickCount, 0)]
        {
            let length = Double(max(0, min(tick, tickCount) - first))
            sum += length * last
            squares += length * last * last
            (first, last) = (min(tick, tickCount), next)
        }
        crowding = sum > 0 ? squares * Double(tickCount) / (sum * sum) : 1
        let types = AnomalyType.allCases.count + 1
        known = Array(repeating: Array(repeating: Known(), count: types), count: sensors.count)
        ends = Array(repeating: 0, count: sensors.count)
        displaced = Array(repeating: [], count: sensors.count)
        guard !plan.recipe.incidents.isEmpty else { return }
        var schedules = plan.anomalies.makeSchedules()
        for (place, index) in sensors.enumerated() {
            let core = isOtherSeed ? cores[index].underOtherSeed : cores[index]
            plan.anomalies.forEachDisplacedEvent(of: core, in: 0..<tickCount, by: &schedules[core.profile]) {
                displaced[place].append($0.ticks)
            }
            displaced[place].reverse()
        }
    }

    /// The first sensors of the largest group.
    private static func sensors(of fleet: Fleet) -> Range<Int> {
        let cores = fleet.cores
        var (best, first) = (0..<min(1, cores.count), 0)
        for index in cores.indices {
            if cores[index].groupKey != cores[first].groupKey { first = index }
            if index + 1 - first > best.count { best = first..<index + 1 }
        }
        return best.prefix(sensorLimit)
    }

    /// The same sensors' schedule under another seed, as this program makes it.
    package static func otherSeed(_ plan: GenerationPlan) -> PlacementMeasure {
        var measure = PlacementMeasure(plan, isOtherSeed: true)
        for index in measure.sensors {
            var schedules = plan.anomalies.makeSchedules()
            let core = plan.fleet.cores[index].underOtherSeed
            let run = 0..<measure.tickCount
            plan.anomalies.forEachEvent(of: core, in: run, by: &schedules[core.profile]) { event in
                let ticks = event.ticks.clamped(to: run)
                if event.cause != nil { return measure.passOver(ticks, ofSensor: index) }
                measure.add(PlacedEvent(sensor: index, type: event.type, ticks: ticks))
            }
        }
        return measure
    }

    /// Takes note of an event; those of a sensor come in the order of time.
    package mutating func add(_ event: PlacedEvent) {
        guard sensors.contains(event.sensor) else { return }
        let sensor = event.sensor - sensors.lowerBound
        passOverDisplaced(before: event.ticks.lowerBound, sensor)
        let waited = waited(until: event.ticks, sensor)
        for type in AnomalyType.allCases {
            let index = Int(type.rawValue)
            known[sensor][index].waited += waited
            if type != event.type {
                known[sensor][index].waited += 1
                continue
            }
            if !known[sensor][index].starts.isEmpty { gaps[index].add(known[sensor][index].waited) }
            known[sensor][index].waited = 0
        }
        let index = Int(event.type.rawValue)
        guard known[sensor][index].starts.count < Self.eventLimit else { return }
        known[sensor][index].starts.append(event.ticks.lowerBound)
        if let difficulty = event.difficulty { known[sensor][index].difficulties.append(difficulty) }
        if let mode = event.mode { known[sensor][index].modes.append(mode) }
    }

    /// Takes note of an event that an incident causes: meanwhile none of the sensor's own begins.
    package mutating func passOver(_ ticks: Range<Int64>, ofSensor index: Int) {
        guard sensors.contains(index) else { return }
        let sensor = index - sensors.lowerBound
        passOverDisplaced(before: ticks.lowerBound, sensor)
        passOver(ticks, sensor)
    }

    /// What gives way to an incident leaves a gap in which the schedule has no place for another.
    private mutating func passOverDisplaced(before tick: Int64, _ sensor: Int) {
        while let ticks = displaced[sensor].last, ticks.lowerBound < tick {
            displaced[sensor].removeLast()
            passOver(ticks, sensor)
        }
    }

    private mutating func passOver(_ ticks: Range<Int64>, _ sensor: Int) {
        let waited = waited(until: ticks, sensor)
        for type in AnomalyType.allCases { known[sensor][Int(type.rawValue)].waited += waited }
    }

    /// The ticks between an event and the one before it at which another could have begun.
    private mutating func waited(until ticks: Range<Int64>, _ sensor: Int) -> Int64 {
        // The tick behind an event stays free.
        let begin = ends[sensor] > 0 ? ends[sensor] + 1 : 0
        ends[sensor] = max(ends[sensor], ticks.upperBound)
        return max(0, ticks.lowerBound - begin)
    }

    /// The figures of all types that have events; `other` is what the same sensors do under another seed.
    package func figures(otherSeed other: PlacementMeasure?) -> [PlacementFigure] {
        AnomalyType.allCases.flatMap { type -> [PlacementFigure] in
            let index = Int(type.rawValue)
            let starts = known.map { $0[index].starts }
            guard starts.contains(where: { !$0.isEmpty }) else { return [] }
            var figures = [gaps[index].figure(type, isSteady: isSteady)]
            if sensors.count > 1 {
                let lags = LagMeasure(starts: starts, tickCount: tickCount, limit: Self.eventLimit, crowding: crowding)
                let found = lags.lags()
                figures.append(lags.figure(type, found))
                if let other {
                    let others = other.known.map { $0[index].starts }
                    let measure = LagMeasure(
                        starts: others,
                        tickCount: tickCount,
                        limit: Self.eventLimit,
                        crowding: crowding
                    )
                    figures.append(measure.figure(type, learned: found))
                }
            }
            let difficulties = SequenceMeasure(known.map { $0[index].difficulties })
            let modes = SequenceMeasure(known.map { $0[index].modes })
            return figures
                + [difficulties.figure(.difficulties, type), modes.figure(.modes, type)].compactMap { $0 }
        }
    }
}

extension SensorCore {
    /// The same sensor with other random numbers.
    fileprivate var underOtherSeed: SensorCore {
        SensorCore(
            index: index,
            site: site,
            kind: kind,
            profile: profile,
            member: member,
            groupKey: groupKey.derived("other seed"),
            key: key.derived("other seed"),
            deployed: deployed
        )
    }
}
