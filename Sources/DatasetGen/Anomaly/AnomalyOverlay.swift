/// Turns healthy readings into those of sensors that fail; the scratch memory of one worker.
struct AnomalyOverlay {
    /// The ticks of an event among those of one call.
    struct Span {
        var ticks: Range<Int64>
        var label: Label
        /// The metrics that the event changes.
        var metrics: MetricSet
    }

    private let model: AnomalyModel
    private var windows: EventWindows
    private var events: [ScheduledEvent] = []
    /// The anomalous ticks of the last call, in rising order.
    private(set) var spans: [Span] = []

    init(_ model: AnomalyModel, sensorCount: Int) {
        self.model = model
        windows = EventWindows(model, sensorCount: sensorCount)
    }

    /// Makes the healthy readings of a sensor at `ticks` those of a sensor that fails.
    ///
    /// `columns` holds per metric the counts of 10⁻ᵈ from index 0 on; `onEvent` is called for each event whose first
    /// reading in the run lies in `ticks`, with what makes the event: its sizes take longer than the readings, and who wants
    /// these alone does without. ``spans`` then says which ticks are anomalous.
    mutating func apply(
        to columns: inout [[Int32]],
        sensor: SensorCore,
        ticks: Range<Int64>,
        signal: inout HealthySignal,
        onEvent: (_ event: () -> AnomalyEvent) -> Void
    ) {
        // Most calls find nothing: emptying what is empty would cost as much as the rest of the call.
        if !spans.isEmpty { spans.removeAll(keepingCapacity: true) }
        if !events.isEmpty { events.removeAll(keepingCapacity: true) }
        windows.collect(of: sensor, in: ticks, into: &events)
        if events.isEmpty { return }
        let run = model.run(of: sensor)
        for scheduled in events {
            let effect = AnomalyEffect(scheduled, of: sensor, model: model, signal: &signal)
            let shared = scheduled.ticks.clamped(to: ticks)
            effect.apply(to: &columns, at: shared, first: ticks.lowerBound)
            if !effect.dependents.isEmpty {
                let first = Int(shared.lowerBound - ticks.lowerBound)
                signal.derive(first..<first + shared.count, of: sensor, first: ticks.lowerBound, in: &columns)
            }
            spans.append(
                Span(
                    ticks: shared,
                    label: Label(scheduled.type, omitted: effect.mode == .omit),
                    metrics: effect.metrics
                )
            )
            if ticks.contains(max(scheduled.start, 0)) {
                onEvent { effect.event(in: run, signal: &signal) }
            }
        }
        if spans.count > 1 { spans.sort { $0.ticks.lowerBound < $1.ticks.lowerBound } }
    }
}
