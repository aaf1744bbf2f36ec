/// When an event of a sensor happens; what it does follows from type and number.
package struct ScheduledEvent {
    package let type: AnomalyType
    /// Its number in the type's schedule: 32 times that of its cell, and which event of it; of an incident, that among those
    /// of its cause and scope.
    let number: Int64
    /// The first tick, which may lie before the run.
    package let start: Int64
    /// Ticks from `start` to the end, which may lie behind the run.
    let duration: Int64
    /// The index of the cause of the incident that it is of; nil for an event of the sensor's own.
    package var cause: Int?

    /// The index of its parameters in ``EffectModel``.
    var effect: Int { cause.map { AnomalyType.allCases.count + 1 + $0 } ?? Int(type.rawValue) }

    /// The ticks that it lasts, also outside the run.
    package var ticks: Range<Int64> { start..<start + duration }
}
