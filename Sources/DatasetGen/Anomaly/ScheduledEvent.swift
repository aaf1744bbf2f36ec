/// When an event of a sensor happens; what it does follows from type and cell.
struct ScheduledEvent {
    let type: AnomalyType
    /// The number of its cell in the type's schedule.
    let cell: Int64
    /// The first tick, which may lie before the run.
    let start: Int64
    /// Ticks from `start` to the end, which may lie behind the run.
    let duration: Int64

    /// The ticks that it lasts, also outside the run.
    var ticks: Range<Int64> { start..<start + duration }
}
