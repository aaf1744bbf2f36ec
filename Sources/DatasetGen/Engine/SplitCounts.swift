/// What each part of the splits comes to.
package struct SplitCounts: Hashable, Sendable {
    /// What is in a part, or in none.
    package struct Part: Hashable, Sendable {
        /// Its readings, omitted ones included.
        package fileprivate(set) var readings: Int64 = 0
        /// Those that are anomalous.
        package fileprivate(set) var anomalous: Int64 = 0
        /// Those that have no row.
        package fileprivate(set) var omitted: Int64 = 0
        /// The sensors that have any.
        package fileprivate(set) var sensors: Int64 = 0

        fileprivate mutating func add(_ other: Part) {
            readings += other.readings
            anomalous += other.anomalous
            omitted += other.omitted
            sensors += other.sensors
        }
    }

    /// By ``SplitTable/code(ofSensor:position:isAnomalous:)``: first what is in no part.
    package let parts: [Part]

    /// The parts of a plan; nil for a recipe without splits.
    ///
    /// - Complexity: O(events), on all cores; no reading is generated.
    package init?(_ plan: GenerationPlan) {
        guard let splits = plan.splits else { return nil }
        let sums = inParallel(plan.fleet.sensors.count, atLeast: 16) { range in
            var schedules = plan.anomalies.makeSchedules()
            var sum = Array(repeating: Part(), count: splits.texts.count)
            for index in range {
                let own = Self.parts(ofSensor: index, splits, plan, &schedules)
                for code in sum.indices { sum[code].add(own[code]) }
            }
            return sum
        }
        parts = sums.reduce(into: Array(repeating: Part(), count: splits.texts.count)) { total, sum in
            for code in total.indices { total[code].add(sum[code]) }
        }
    }

    private static func parts(
        ofSensor index: Int,
        _ splits: SplitTable,
        _ plan: GenerationPlan,
        _ schedules: inout [SensorSchedule]
    ) -> [Part] {
        let sensor = plan.fleet.sensors[index].core
        let run = 0..<plan.rows.tickCount(ofSensor: index)
        var parts = Array(repeating: Part(), count: splits.texts.count)
        splits.forEachRun(ofSensor: index, of: plan) { code, ticks in parts[code].readings += Int64(ticks.count) }
        plan.anomalies.forEachEvent(of: sensor, in: run, by: &schedules[sensor.profile]) { event in
            let ticks = event.ticks.clamped(to: run)
            let position = plan.rows.position(ofSensor: index, tick: ticks.lowerBound)
            // No event is in two parts: its first reading tells of all.
            let around = splits.code(ofSensor: index, position: position, isAnomalous: false)
            let code = splits.code(ofSensor: index, position: position, isAnomalous: true)
            let count = Int64(ticks.count)
            parts[around].readings -= count
            parts[code].readings += count
            parts[code].anomalous += count
            if EffectDraw(event, of: sensor, model: plan.anomalies).mode == .omit { parts[code].omitted += count }
        }
        for code in parts.indices { parts[code].sensors = parts[code].readings > 0 ? 1 : 0 }
        return parts
    }
}
