import DatasetFiles
import DatasetGen

/// The shares of anomalous readings that a dataset has, beside those that its recipe asks for.
///
/// A share is as asked if it is within 10 % of it where at least 200 events are expected, else within four standard
/// errors: events of a type come about as in a Poisson process, so the variance of the readings is the sum of the
/// expected events times the square of their length. Placement is stratified; the true error is smaller.
///
/// Readings of incidents are none of a share; what is asked for is less by the events that give way to them.
struct ShareMeasure {
    private let plan: GenerationPlan
    /// Per make, per ``AnomalyType/rawValue``, 0 for normal: readings.
    private var counts: [[Int64]]
    private let profiles: [Int]

    init(_ plan: GenerationPlan) {
        self.plan = plan
        let labels = AnomalyType.allCases.count + 1
        counts = Array(repeating: Array(repeating: 0, count: labels), count: plan.fleet.profiles.count)
        profiles = plan.fleet.cores.map(\.profile)
    }

    /// Takes note of a reading; one without a row is of the type of the event that omits it.
    @inline(__always)
    mutating func add(_ reading: AuditedReading, isOwn: Bool) {
        let label = isOwn ? (reading.isPresent ? reading.label : reading.eventType) : 0
        counts[profiles[reading.sensor]][Int(label)] += 1
    }

    /// What all figures need of the fleet.
    private struct Sums {
        let shares: AskedShares
        /// Per make.
        var sensors: [Int]
        /// Per make, per ``AnomalyType/rawValue``: readings of events that give way to incidents.
        let displaced: [[Int64]]

        init(_ plan: GenerationPlan, profiles: [Int]) {
            shares = AskedShares(plan)
            sensors = Array(repeating: 0, count: plan.fleet.profiles.count)
            for profile in profiles { sensors[profile] += 1 }
            var displaced = sensors.map { _ in Array(repeating: Int64(0), count: AnomalyType.allCases.count + 1) }
            var schedules = plan.anomalies.makeSchedules()
            if !plan.recipe.incidents.isEmpty {
                for core in plan.fleet.cores {
                    let run = 0..<plan.rows.tickCount(ofSensor: core.index)
                    plan.anomalies.forEachDisplacedEvent(of: core, in: run, by: &schedules[core.profile]) { event in
                        let readings = event.ticks.clamped(to: run).count
                        displaced[core.profile][Int(event.type.rawValue)] += Int64(readings)
                    }
                }
            }
            self.displaced = displaced
        }
    }

    /// Overall, per type, per manufacturer, per firmware version.
    var figures: [ShareFigure] {
        let types = plan.anomalyTypes
        let makes = plan.fleet.profiles
        let sums = Sums(plan, profiles: profiles)
        var figures = [figure(.all, "all", types: types, of: Array(makes.indices), sums)]
        figures += types.map { type in
            figure(.anomalyType, type.name, types: [type], of: Array(makes.indices), sums)
        }
        for (group, name) in [
            (ShareFigure.Group.manufacturer, \AnomalyProfile.manufacturer),
            (.firmwareVersion, \.firmwareVersion.text),
        ] {
            // In the order of their first makes, which may be as many as a recipe has groups.
            var (names, members): ([String], [String: [Int]]) = ([], [:])
            for (index, make) in makes.enumerated() {
                let value = make[keyPath: name]
                if members[value] == nil { names.append(value) }
                members[value, default: []].append(index)
            }
            figures += names.map { figure(group, $0, types: types, of: members[$0] ?? [], sums) }
        }
        return figures
    }

    private func figure(
        _ group: ShareFigure.Group,
        _ name: String,
        types: [AnomalyType],
        of makes: [Int],
        _ sums: Sums
    ) -> ShareFigure {
        var (readings, anomalous) = (Int64(0), Int64(0))
        var (asked, events, variance) = (0.0, 0.0, 0.0)
        var fewest = Double.infinity
        for index in makes {
            readings += counts[index].reduce(0, +)
            let possible = sums.shares.readings(ofProfile: index, sensors: sums.sensors[index])
            let total = sums.shares.share(ofProfile: index) * possible
            for type in types {
                anomalous += counts[index][Int(type.rawValue)]
                let expected = total * sums.shares.part(ofProfile: index, type)
                asked += max(0, expected - Double(sums.displaced[index][Int(type.rawValue)]))
                guard let lengths = plan.anomalies.lengths(of: type, profile: index) else { continue }
                events += expected / lengths.mean
                fewest = min(fewest, expected / lengths.mean)
                variance += expected / lengths.mean * lengths.meanSquare
            }
        }
        // A few long events of one type may make more of the share than thousands of short ones.
        let tolerance = fewest >= 200 ? 0.1 * asked : max(0.1 * asked, 4 * variance.squareRoot())
        let count = Double(max(1, readings))
        return ShareFigure(
            group: group,
            name: name,
            readings: readings,
            anomalous: anomalous,
            expectedEvents: events,
            asked: asked / count,
            realised: Double(anomalous) / count,
            tolerance: tolerance / count
        )
    }
}
