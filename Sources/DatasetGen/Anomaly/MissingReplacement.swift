/// What stands in the rows of a missing-data event.
struct MissingReplacement {
    /// The metrics whose readings are missing.
    let metrics: MetricSet
    /// Per ``Metric/rawValue``: counts of 10⁻ᵈ, or NULL.
    let values: [Int32]

    /// Readings before an event among which one to be stuck at is looked for.
    private static let reach: Int64 = 64

    /// Draws what replaces the readings of a sensor that measures `all`; `signal` tells healthy readings at any tick.
    init(
        _ draw: EffectDraw,
        _ schema: MetricSchema,
        _ all: MetricSet,
        scales: [MetricScale],
        signal: inout HealthySignal
    ) {
        metrics = draw.changed(schema, all)
        switch draw.mode {
        case .stuck:
            values = Self.stuck(draw, scales, &signal)
        case .sentinel:
            values = scales.map { $0.sentinels[draw.coin % $0.sentinels.count] }
        case .rail:
            values = scales.map { $0.rails[draw.coin] }
        case .blank, .omit, nil:
            values = Array(repeating: ReadingBlock.null, count: scales.count)
        }
    }

    /// The last healthy readings that differ from those of the event's first and last tick: a sensor that seems stuck
    /// where it would have reported the same is not to be told from a healthy one.
    private static func stuck(
        _ draw: EffectDraw,
        _ scales: [MetricScale],
        _ signal: inout HealthySignal
    ) -> [Int32] {
        let (sensor, start) = (draw.sensor, draw.scheduled.start)
        let first = signal.counts(of: sensor, tick: start)
        let beginning = start < 0 ? signal.counts(of: sensor, tick: 0) : first
        let last = signal.counts(of: sensor, tick: draw.scheduled.ticks.upperBound - 1)
        for distance in 1...reach {
            let reading = signal.counts(of: sensor, tick: start - distance)
            if reading != first, reading != beginning, reading != last { return reading }
        }
        // Nothing but constants: a step aside.
        return scales.indices.map { first[$0] == ReadingBlock.null ? first[$0] : scales[$0].neighbour(of: first[$0]) }
    }
}
