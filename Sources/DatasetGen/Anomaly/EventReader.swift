/// Reads the events of one sensor after another, as the event table has them.
///
/// Readings are not generated for them, but for single healthy ones that some events go by, and those of events whose realised
/// sizes are told.
package struct EventReader {
    private let plan: GenerationPlan
    private let withRealisedSizes: Bool
    private var schedules: [SensorSchedule]
    private var healthy: [HealthySignal]

    /// A reader of a plan's events; without realised sizes also where the recipe asks for them.
    package init(_ plan: GenerationPlan, withRealisedSizes: Bool = true) {
        (self.plan, self.withRealisedSizes) = (plan, withRealisedSizes)
        schedules = plan.anomalies.makeSchedules()
        healthy = plan.signals.indices.map { pace in
            HealthySignal(plan.signals[pace], sensorCount: plan.rows.sensorCount(ofPace: pace))
        }
    }

    /// Calls `body` with the events of a sensor that begin at some of its ticks, in the order of time.
    ///
    /// One that begins before the run begins at its first tick.
    package mutating func forEachEvent(
        ofSensor index: Int,
        beginningAt ticks: Range<Int64>,
        _ body: (AnomalyEvent) -> Void
    ) {
        forEachEvent(ofSensor: index, in: ticks, where: ticks.contains) { _, event in body(event) }
    }

    /// Calls `body` with the first ticks and the events of a sensor that have a tick in `ticks` and begin at one that is
    /// wanted, in the order of time.
    mutating func forEachEvent(
        ofSensor index: Int,
        in ticks: Range<Int64>,
        where isWanted: (Int64) -> Bool,
        _ body: (Int64, AnomalyEvent) -> Void
    ) {
        let sensor = plan.fleet.sensors[index].core
        let (pace, run) = (plan.rows.pace(ofSensor: index), 0..<plan.rows.tickCount(ofSensor: index))
        plan.anomalies.forEachEvent(of: sensor, in: ticks, by: &schedules[sensor.profile]) { scheduled in
            let first = max(0, scheduled.start)
            guard isWanted(first) else { return }
            let effect = AnomalyEffect(scheduled, of: sensor, model: plan.anomalies, signal: &healthy[pace])
            body(first, effect.event(in: run, signal: &healthy[pace], withRealisedSizes: withRealisedSizes))
        }
    }
}
