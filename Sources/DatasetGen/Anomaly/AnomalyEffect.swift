/// What one event does to the readings of its sensor.
struct AnomalyEffect {
    /// A change of one metric over the event.
    struct Component {
        var metric: Metric
        /// Counts of 10⁻ᵈ, with sign: the size of the change at its largest.
        var size: Double
    }

    /// The event, cut to the run.
    let event: AnomalyEvent
    /// The first tick, which may lie before the run.
    let start: Int64
    /// Ticks from `start` to the end, which may lie behind the run.
    let duration: Int64
    private let components: [Component]
    /// Pattern: oscillations per tick.
    private let turnsPerTick: Double

    init(
        _ parameters: AnomalyTypeParameters,
        cell: Int64,
        start: Int64,
        duration: Int64,
        sensor: Sensor,
        model: AnomalyModel
    ) {
        // Attributes of the event: eight counters per cell.
        let key = sensor.scheduleKey(of: parameters.type).stream(0)
        let counter = UInt64(bitPattern: cell) &* 8
        let random = key.uniform(counter)
        let scales = model.effects.scales
        let upwards = key.bits(counter &+ 1) & 1 == 1
        let single = Self.singles[Int(key.integer(counter &+ 2, below: UInt64(Self.singles.count)))]
        var magnitude: Double?
        switch parameters.type {
        case .spike:
            let deviations = (2 + random) * parameters.severityFactor
            components = [Self.shift(single, by: deviations * scales[single.rawValue].deviation, upwards, scales)]
            magnitude = deviations
        case .trend:
            let scale = scales[single.rawValue]
            let size = (0.5 + 0.5 * random) * parameters.rateChange * parameters.severityFactor * scale.span
            components = [Self.shift(single, by: size, upwards, scales)]
            magnitude = size / scale.deviation
        case .pattern:
            let deviations = (1 + random) * parameters.severityFactor
            let sign = upwards ? 1.0 : -1.0
            components = [
                Component(metric: .temperature, size: sign * deviations * scales[0].deviation),
                Component(metric: .humidity, size: -sign * deviations * scales[1].deviation),
            ]
            magnitude = deviations
        case .missingData:
            components = Metric.allCases.map { Component(metric: $0, size: 0) }
        case .noise:
            let deviations = parameters.noiseMultiplier * parameters.severityFactor * (0.8 + 0.4 * random)
            components = Metric.allCases.map {
                Component(metric: $0, size: deviations * scales[$0.rawValue].deviation)
            }
            magnitude = deviations
        }
        turnsPerTick = parameters.frequency.map { $0 / model.effects.rate } ?? 3 / Double(duration)
        self.start = start
        self.duration = duration
        let run = 0..<model.grid.tickCount
        let ticks = (start..<start + duration).clamped(to: run)
        let isDirected = parameters.type == .spike || parameters.type == .trend
        let isMissing = parameters.type == .missingData
        let modes = parameters.missingModes
        event = AnomalyEvent(
            sensor: sensor.index,
            type: parameters.type,
            mode: isMissing ? modes[Int(key.integer(counter &+ 3, below: UInt64(modes.count)))] : nil,
            metrics: components.reduce(into: []) { $0.formUnion(MetricSet($1.metric)) },
            ticks: ticks,
            isTruncated: Int64(ticks.count) < duration,
            magnitude: magnitude.map { FixedPoint(rounding: $0, decimals: 2) },
            direction: isDirected ? (components[0].size > 0 ? .up : .down) : nil
        )
    }

    /// Metrics of which a spike or a trend picks one.
    private static let singles: [Metric] = [.temperature, .humidity, .voltage]

    private static func shift(
        _ metric: Metric,
        by size: Double,
        _ upwards: Bool,
        _ scales: [EffectModel.MetricScale]
    ) -> Component {
        let scale = scales[metric.rawValue]
        return Component(metric: metric, size: size * scale.direction(forSize: size, random: upwards))
    }

    /// Turns healthy counts into the event's, at the ticks that `columns` and the event share.
    ///
    /// `first` is the tick of index 0 of `columns`.
    func apply(to columns: inout [[Int32]], first: Int64, count: Int, sensor: Sensor, scales: [EffectModel.MetricScale])
    {
        for tick in event.ticks.clamped(to: first..<first + Int64(count)) {
            let index = Int(tick - first)
            var isChanged = false
            for component in components {
                let metric = component.metric.rawValue
                let healthy = columns[metric][index]
                let reading = reading(of: component, at: tick, healthy: healthy, scale: scales[metric], sensor: sensor)
                columns[metric][index] = reading
                isChanged = isChanged || reading != healthy
            }
            if !isChanged, tick == max(start, 0) || tick == start + duration - 1 {
                // The first and the last reading of an event differ from the healthy ones by a step at least.
                let metric = components[0].metric.rawValue
                columns[metric][index] = scales[metric].neighbour(of: columns[metric][index])
            }
        }
    }

    private func reading(
        of component: Component,
        at tick: Int64,
        healthy: Int32,
        scale: EffectModel.MetricScale,
        sensor: Sensor
    ) -> Int32 {
        switch event.type {
        case .spike:
            scale.reading(healthy, changedBy: component.size)
        case .trend:
            scale.reading(healthy, changedBy: component.size * Double(tick - start + 1) / Double(duration))
        case .pattern:
            scale.reading(
                healthy,
                changedBy: component.size * Elementary.sine(turns: Double(tick - start) * turnsPerTick)
            )
        case .missingData:
            ReadingBlock.null
        case .noise:
            scale.reading(
                healthy,
                changedBy: component.size
                    * NormalDeviates(sensor.effectKey(of: .noise, component.metric))[UInt64(bitPattern: tick)]
            )
        }
    }
}
