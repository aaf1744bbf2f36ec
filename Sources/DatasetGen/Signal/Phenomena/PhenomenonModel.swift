/// The phenomena of a recipe: what healthy sensors report that looks like a fault, a pure function of seed, place or sensor, and time.
///
/// They change healthy readings, in the recipe's order, after noise and rounding and before formulas are computed: labels and clean
/// twins know nothing of them.
struct PhenomenonModel: Sendable {
    /// In the recipe's order.
    let members: [Member]
    private let start: Int64
    /// Per ``Fleet/kinds`` entry, per column: the steps of readings.
    private let resolutions: [[Resolution]]
    /// Per ``Fleet/sites`` entry: microseconds by which local solar time is ahead of UTC.
    private let ahead: [Int64]

    /// One of the recipe's phenomena.
    struct Member: Sendable {
        let parameters: PhenomenonParameters
        let effect: PhenomenonEffect
        fileprivate let course: PhenomenonCourse
        fileprivate let calendar: PhenomenonCalendar
        /// Cities, or the groups of those that know it by themselves.
        fileprivate let scopes: SensorScopes
        /// Per ``Fleet/kinds`` entry: whether it changes a metric that is measured.
        fileprivate let isFelt: [Bool]
        /// The stream of a sensor's own draws.
        fileprivate let tag: UInt64

        /// How many there are on average at a city or a sensor in some microseconds.
        func expectedCount(in microseconds: Int64) -> Double { calendar.expectedCount(in: microseconds) }
    }

    /// Nil for a recipe without.
    ///
    /// - Throws: ``SignalError`` for a city or group that the fleet has not.
    init?(_ recipe: Recipe, fleet: Fleet) throws(SignalError) {
        guard !recipe.phenomena.isEmpty else { return nil }
        let root = RandomKey(seed: recipe.seed).derived("phenomena")
        var members: [Member] = []
        for (index, parameters) in recipe.phenomena.enumerated() {
            // By its name, so that others listed before or after it change nothing.
            let key = root.derived(fromText: parameters.name)
            let scope: SensorScopes.Scope = parameters.nature.isOfCity ? .city : .group
            let scopes: SensorScopes
            do throws(UnknownScope) {
                scopes = try SensorScopes(scope, only: parameters.only, fleet, key: key)
            } catch {
                throw .unknownScope(phenomenon: index, scope: scope, name: error.name, known: error.known)
            }
            let effect = PhenomenonEffect(parameters.nature, of: recipe.schema)
            members.append(
                Member(
                    parameters: parameters,
                    effect: effect,
                    course: PhenomenonCourse(onset: parameters.onset, recovery: parameters.recovery),
                    calendar: PhenomenonCalendar(parameters, start: recipe.grid.start),
                    scopes: scopes,
                    isFelt: fleet.kinds.map { parameters.nature.isFelt(by: $0, effect) },
                    tag: key.bits(0)
                )
            )
        }
        self.members = members
        start = recipe.grid.start.microseconds
        resolutions = fleet.kinds.map(\.resolutions)
        ahead = fleet.sites.map { site in
            Int64((site.place.longitude?.double ?? 0) / 360 * Double(SimulatedTime.microsecondsPerDay))
        }
    }

    /// Whether a sensor knows a phenomenon.
    func knows(_ sensor: SensorCore, _ member: Member) -> Bool {
        guard member.isFelt[sensor.kind], member.scopes.areChosen[member.scopes.number(of: sensor)] else {
            return false
        }
        let share = member.parameters.share
        return share >= 1 || own(sensor, member).uniform(0) < share
    }

    /// The number of the city of a sensor in what is a city's, or that of the sensor.
    func scope(of sensor: SensorCore, _ member: Member) -> Int {
        member.parameters.nature.isOfCity ? member.scopes.number(of: sensor) : sensor.index
    }

    /// Calls `body` with each time that a phenomenon comes to a sensor that knows it, and is felt at one of some microseconds from
    /// the start; in the order of time.
    func forEachOccurrence(
        of member: Member,
        at sensor: SensorCore,
        in times: Range<Int64>,
        _ body: (PhenomenonCalendar.Occurrence) -> Void
    ) {
        let key =
            member.parameters.nature.isOfCity
            ? member.scopes.keys[member.scopes.number(of: sensor)] : own(sensor, member).stream(1)
        member.calendar.forEach(in: times, ahead: ahead[sensor.site], below: key, body)
    }

    private func own(_ sensor: SensorCore, _ member: Member) -> RandomKey { sensor.phenomenonKey(member.tag) }

    /// Changes the healthy counts of a sensor at some ticks, from index 0 of the columns on.
    func apply(to sensor: SensorCore, on grid: TickGrid, ticks: Range<Int64>, in columns: inout [[Int32]]) {
        guard let last = ticks.last else { return }
        let times =
            grid.time(ofTick: ticks.lowerBound).microseconds - start..<grid.time(ofTick: last).microseconds - start + 1
        // One for all readings, so that none allocates.
        var changes: [Change] = []
        for member in members where knows(sensor, member) {
            forEachOccurrence(of: member, at: sensor, in: times) { occurrence in
                let (first, end) = (grid.tick(atOffset: occurrence.begin), grid.tick(atOffset: occurrence.over))
                let felt = (first..<max(first, end)).clamped(to: ticks)
                for tick in felt {
                    let time = grid.time(ofTick: tick).microseconds - start - occurrence.begin
                    let part = member.course.part(time, end: occurrence.end - occurrence.begin)
                    change(
                        &columns,
                        Int(tick - ticks.lowerBound),
                        of: sensor,
                        part * occurrence.strength,
                        member.effect,
                        by: &changes
                    )
                }
            }
        }
    }

    /// The new count of a column.
    private typealias Change = (column: Int, count: Int32)

    /// Changes a reading by whole steps, so that no value goes beyond that towards which it goes.
    private func change(
        _ columns: inout [[Int32]],
        _ index: Int,
        of sensor: SensorCore,
        _ part: Double,
        _ effect: PhenomenonEffect,
        by changes: inout [Change]
    ) {
        let resolutions = resolutions[sensor.kind]
        // All of them are computed from what was read before.
        changes.removeAll(keepingCapacity: true)
        effect.apply(part) { column in
            let count = columns[column][index]
            return count == ReadingBlock.null ? nil : Double(count) / resolutions[column].countsPerUnit
        } _: { column, value in
            let (scale, step) = (resolutions[column].countsPerUnit, Double(resolutions[column].step))
            let steps = ((value * scale - Double(columns[column][index])) / step).rounded(.towardZero)
            changes.append((column, columns[column][index] + Int32(steps * step)))
        }
        for change in changes { columns[change.column][index] = change.count }
    }
}

extension PhenomenonParameters.Nature {
    /// Whether sensors of a kind measure what it changes.
    fileprivate func isFelt(by kind: SensorKind, _ effect: PhenomenonEffect) -> Bool {
        if case .other = self { return !kind.metrics.isDisjoint(with: effect.metrics) }
        return kind.climate.isCity && !kind.metrics.isDisjoint(with: effect.metrics)
    }
}
