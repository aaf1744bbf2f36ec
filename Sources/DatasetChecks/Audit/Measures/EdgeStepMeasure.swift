import DatasetGen

/// Whether events begin and end with a step that gives them away, whatever happens in between.
///
/// The step into the first reading, and the one out of the last, against the 99.9th percentile of the healthy twin's
/// steps in the same metric at the same resolution: an event steps if one of its metrics does. Missing data are left
/// out: they have no values.
struct EdgeStepMeasure {
    private let limits: StepLimits
    private var sensors: [SensorState]
    private var counts = [Counts](repeating: Counts(), count: AnomalyType.allCases.count + 1)

    private struct Counts {
        var events: Int64 = 0
        var into: Int64 = 0
        var out: Int64 = 0
        var either: Int64 = 0
    }

    private struct SensorState {
        var last: MetricCounts
        /// The type of the event that the last reading belonged to; 0 for none.
        var eventType: UInt8 = 0
        var metrics = MetricSet()
        var hasStepped = false
    }

    init(_ plan: GenerationPlan, limits: StepLimits) {
        self.limits = limits
        sensors = Array(
            repeating: SensorState(last: MetricCounts(count: plan.recipe.schema.metrics.count)),
            count: plan.fleet.sensors.count
        )
    }

    /// Takes note of a reading; `event` is the one that begins with it.
    @inline(__always)
    mutating func add(_ reading: AuditedReading, beginning event: StoredEvent?) {
        let index = reading.sensor
        if sensors[index].eventType != 0, event != nil || reading.eventType == 0 { leave(reading) }
        if let event, event.type != .missingData { enter(event, reading) }
        sensors[index].last = reading.metrics
    }

    private mutating func enter(_ event: StoredEvent, _ reading: AuditedReading) {
        let type = Int(event.type.rawValue)
        counts[type].events += 1
        let last = sensors[reading.sensor].last
        let steps = limits.areExceeded(from: last, to: reading.metrics, sensor: reading.sensor, event.metrics)
        sensors[reading.sensor].eventType = event.type.rawValue
        sensors[reading.sensor].metrics = event.metrics
        sensors[reading.sensor].hasStepped = steps
        if steps {
            counts[type].into += 1
            counts[type].either += 1
        }
    }

    private mutating func leave(_ reading: AuditedReading) {
        let state = sensors[reading.sensor]
        let type = Int(state.eventType)
        sensors[reading.sensor].eventType = 0
        if limits.areExceeded(from: state.last, to: reading.metrics, sensor: reading.sensor, state.metrics) {
            counts[type].out += 1
            if !state.hasStepped { counts[type].either += 1 }
        }
    }

    /// The figures of the types that have events.
    var figures: [EdgeStepFigure] {
        AnomalyType.allCases.compactMap { type in
            let counts = counts[Int(type.rawValue)]
            guard counts.events > 0 else { return nil }
            let events = Double(counts.events)
            return EdgeStepFigure(
                type: type,
                events: counts.events,
                intoShare: Double(counts.into) / events,
                outShare: Double(counts.out) / events,
                eitherShare: Double(counts.either) / events
            )
        }
    }
}
