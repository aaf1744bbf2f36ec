/// Which part of the splits each reading is in; nothing of it changes with the order of the readings, or as the run grows.
///
/// Where a cut, or the end of its embargo, falls into an event, the readings of all of that event are in no part: what is of one
/// event is never in two. The same holds for all events of an incident.
package struct SplitTable: Sendable {
    /// The names of the parts.
    package let parts: [String]
    /// Whether anomalous readings are in no part where they would be in the first.
    private let isNormalOnly: Bool
    private let cutCount: Int
    /// Per sensor and cut: the positions of the first reading behind the part before, and of the first one of the part behind.
    private let bounds: [Int64]
    /// Per sensor: its part, where there are no cuts.
    private let partOfSensor: [UInt8]

    /// The parts of a plan; nil for a recipe without splits.
    ///
    /// - Complexity: O(sensors · cuts), on all cores.
    init?(_ plan: GenerationPlan) {
        guard let splits = plan.recipe.splits else { return nil }
        (parts, isNormalOnly) = (splits.parts, splits.isNormalOnly)
        cutCount = splits.cuts.count
        guard splits.isByTime else {
            bounds = []
            partOfSensor = plan.fleet.sensors.map { Self.part(of: $0.core, splits, plan) }
            return
        }
        partOfSensor = []
        bounds =
            inParallel(plan.fleet.sensors.count, atLeast: 64) { range in
                var schedules = plan.anomalies.makeSchedules()
                return range.flatMap { index in
                    let core = plan.fleet.sensors[index].core
                    return Self.ticks(of: core, splits, plan, &schedules[core.profile])
                        .map { tick in
                            // Where the sensor has no reading any more, there is no position either.
                            tick < plan.rows.tickCount(ofSensor: index)
                                ? plan.rows.position(ofSensor: index, tick: tick) : .max
                        }
                }
            }
            .flatMap { $0 }
    }

    /// What each code stands for in a row; nil is NULL.
    package var texts: [String?] { [nil] + parts }

    /// The number of the part of a reading behind that of no part, 0: an index into ``texts``.
    @inline(__always)
    package func code(ofSensor sensor: Int, position: Int64, isAnomalous: Bool) -> Int {
        var code = 1
        if cutCount == 0 {
            code += Int(partOfSensor[sensor])
        } else {
            let first = sensor &* 2 &* cutCount
            var passed = 0
            while passed < 2 &* cutCount, bounds[first &+ passed] <= position { passed &+= 1 }
            if passed & 1 == 1 { return 0 }
            code += passed / 2
        }
        return isNormalOnly && isAnomalous && code == 1 ? 0 : code
    }

    /// Whether a part has no reading of any sensor.
    func isEmpty(_ part: Int) -> Bool {
        if cutCount == 0 { return !partOfSensor.contains(UInt8(part)) }
        return stride(from: 0, to: bounds.count, by: 2 * cutCount)
            .allSatisfy { first in
                let begin = part == 0 ? 0 : bounds[first + 2 * part - 1]
                let end = part == cutCount ? .max : bounds[first + 2 * part]
                return begin >= end
            }
    }

    /// Calls `body` with the ticks of a sensor that are in each part, as far as normal readings are, and in none.
    package func forEachRun(
        ofSensor sensor: Int,
        of plan: GenerationPlan,
        _ body: (_ code: Int, _ ticks: Range<Int64>) -> Void
    ) {
        let count = plan.rows.tickCount(ofSensor: sensor)
        guard cutCount > 0 else { return body(1 + Int(partOfSensor[sensor]), 0..<count) }
        var begin: Int64 = 0
        for edge in 0...2 * cutCount {
            let position = edge < 2 * cutCount ? bounds[sensor * 2 * cutCount + edge] : .max
            let end = position == .max ? count : plan.rows.reading(at: position).tick
            if begin < end { body(edge & 1 == 1 ? 0 : 1 + edge / 2, begin..<end) }
            begin = end
        }
    }

    /// The ticks between which each part of a sensor lies.
    private static func ticks(
        of sensor: SensorCore,
        _ splits: SplitParameters,
        _ plan: GenerationPlan,
        _ schedule: inout SensorSchedule
    ) -> [Int64] {
        let grid = plan.grid(ofSensor: sensor.index)
        let count = plan.rows.tickCount(ofSensor: sensor.index)
        var bounds: [Int64] = []
        for cut in splits.cuts {
            let edges = [grid.firstTick(atOffset: cut), grid.firstTick(atOffset: cut + splits.embargo)]
            var (end, begin) = (edges[0], edges[1])
            for edge in edges where edge > 0 && edge < count {
                plan.anomalies.forEachEvent(of: sensor, in: edge - 1..<edge + 1, by: &schedule) { event in
                    guard event.ticks.lowerBound < edge, edge < event.ticks.upperBound else { return }
                    end = min(end, event.ticks.lowerBound)
                    begin = max(begin, event.ticks.upperBound)
                }
                for event in plan.anomalies.incidents.events(of: sensor, over: edge, on: grid) {
                    end = min(end, event.ticks.lowerBound)
                    begin = max(begin, event.ticks.upperBound)
                }
            }
            // An event that lasts over several cuts leaves nothing of the parts between them.
            end = max(end, bounds.last ?? 0)
            bounds += [end, max(begin, end)]
        }
        return bounds
    }

    /// The part that is drawn for a sensor, or for its city.
    private static func part(of sensor: SensorCore, _ splits: SplitParameters, _ plan: GenerationPlan) -> UInt8 {
        let key: RandomKey
        if splits.basis == .city {
            let root = RandomKey(seed: plan.recipe.seed).derived("split")
            key = plan.fleet.place(ofSite: sensor.site).weatherKey(below: root)
        } else {
            key = sensor.splitKey
        }
        // From the last part on, so that a part for validation leaves the test as it is.
        var left = key.uniform(splits.seed)
        for (index, share) in splits.shares.enumerated().reversed() {
            if left < share { return UInt8(index + 1) }
            left -= share
        }
        return 0
    }
}
