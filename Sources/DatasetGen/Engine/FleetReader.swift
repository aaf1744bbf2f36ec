/// Reads what all sensors report at single instants, in any order, as far as a run has come.
package struct FleetReader: Sendable {
    private let plan: GenerationPlan
    /// Per pace of the fleet.
    private var signals: [HealthySignal]
    private var prepared: [Range<Int64>?]
    private var overlay: AnomalyOverlay
    private var columns: [[Int32]]

    /// A reader of a plan's fleet.
    package init(_ plan: GenerationPlan) {
        self.plan = plan
        signals = plan.signals.indices.map { pace in
            HealthySignal(plan.signals[pace], sensorCount: plan.rows.sensorCount(ofPace: pace))
        }
        prepared = Array(repeating: nil, count: signals.count)
        overlay = AnomalyOverlay(plan.anomalies, sensorCount: plan.fleet.sensors.count)
        columns = Array(repeating: [0], count: plan.recipe.schema.metrics.count)
    }

    /// The newest reading of each sensor at an instant, unless it is older than two of its intervals.
    ///
    /// Readings from `position` on are not there yet, and those before `firstTick`, an instant of the recipe's grid, do not
    /// count.
    /// - Complexity: O(sensors · metrics).
    package mutating func read(
        _ metric: Metric,
        at time: SimulatedTime,
        before position: Int64,
        from firstTick: Int64 = 0
    ) -> FleetInstant {
        var instant = FleetInstant(time: time, sensorCount: plan.fleet.sensors.count)
        for sensor in plan.fleet.sensors {
            let grid = plan.grid(ofSensor: sensor.index)
            let offset = time.microseconds - grid.start.microseconds
            guard offset >= 0 else { continue }
            let wanted = grid.firstTick(atOffset: offset + 1) - 1
            let tick = min(wanted, plan.rows.readingCount(ofSensor: sensor.index, before: position) - 1)
            // While an instant is being written, the rest of the fleet is still at the one before.
            guard tick >= firstTick.ticks(every: plan.rows.step(ofSensor: sensor.index)), tick >= wanted - 1 else {
                continue
            }
            let (value, label) = reading(of: sensor, tick, metric)
            instant.values[sensor.index] = value
            instant.labels[sensor.index] = label.rawValue & 0x7f
        }
        return instant
    }

    private mutating func reading(of sensor: Sensor, _ tick: Int64, _ metric: Metric) -> (Double, Label) {
        let (pace, ticks) = (plan.rows.pace(ofSensor: sensor.index), tick..<tick + 1)
        if prepared[pace] != ticks {
            signals[pace].prepare(ticks: ticks)
            prepared[pace] = ticks
        }
        signals[pace].fill(sensor.core, ticks: ticks, into: &columns)
        overlay.apply(to: &columns, sensor: sensor.core, ticks: ticks, signal: &signals[pace]) { _ in }
        let label = overlay.spans.first?.label ?? .normal
        let count = columns[metric.rawValue][0]
        guard count != ReadingBlock.null, !label.isOmitted else { return (.nan, label) }
        let decimals = sensor.resolutions[metric.rawValue].decimals
        return (FixedPoint(count: Int64(count), decimals: decimals).double, label)
    }
}
