/// When an event of a sensor happens; what it does follows from type and number.
package struct ScheduledEvent {
    package let type: AnomalyType
    /// Its number in the type's schedule: 32 times that of its cell, and which event of it.
    let number: Int64
    /// The first tick, which may lie before the run.
    package let start: Int64
    /// Ticks from `start` to the end, which may lie behind the run.
    let duration: Int64

    /// The ticks that it lasts, also outside the run.
    package var ticks: Range<Int64> { start..<start + duration }
}
