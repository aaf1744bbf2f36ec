/// What one event does to the readings of its sensor.
package struct AnomalyEffect {
    let scheduled: ScheduledEvent
    let shape: AnomalyShape?
    package let difficulty: Difficulty?
    /// What becomes of the rows; nil unless data are missing.
    let mode: MissingMode?
    /// The metrics that it changes by itself.
    let changed: MetricSet
    /// The derived metrics that change with them.
    let dependents: MetricSet
    /// Per ``Metric/rawValue``: the change at its largest in counts of 10⁻ᵈ, with sign; none for missing data.
    let sizes: [Double]
    /// Missing data, per ``Metric/rawValue``: the values in place of the readings.
    let held: [Int32]
    /// Pattern: oscillations per tick.
    private let turnsPerTick: Double
    let sensor: SensorCore
    /// The incident that the event is of.
    private let incident: IncidentReference?
    /// Per ``Metric/rawValue``.
    let scales: [MetricScale]
    /// Whether what is empty stays so.
    private let keepsGaps: Bool
    /// Whether the event table tells what became of the sizes.
    private let tellsRealised: Bool

    /// Draws what an event does; `signal` tells healthy readings at any tick.
    package init(_ scheduled: ScheduledEvent, of sensor: SensorCore, model: AnomalyModel, signal: inout HealthySignal) {
        self.scheduled = scheduled
        self.sensor = sensor
        incident = scheduled.cause.map { cause in
            IncidentReference(
                cause: cause,
                scope: model.incidents.scope(ofCause: cause, sensor),
                number: scheduled.number
            )
        }
        let type = scheduled.type
        let draw = EffectDraw(scheduled, of: sensor, model: model)
        let effects = model.effects(of: sensor)
        (scales, keepsGaps, tellsRealised) = (effects.scales, model.keepsGaps, model.tellsRealised)
        shape = draw.shape
        mode = draw.mode
        let rate = 1 / model.grid(of: sensor).interval.seconds
        turnsPerTick = draw.parameters.frequency.map { $0 / rate } ?? 3 / Double(scheduled.duration)
        guard type != .missingData else {
            difficulty = nil
            sizes = []
            let replacement = MissingReplacement(
                draw,
                model.schema,
                effects.metrics,
                scales: scales,
                signal: &signal
            )
            (changed, held) = (replacement.metrics, replacement.values)
            dependents = model.dependents(of: changed, on: sensor)
            return
        }
        held = []
        let affected = draw.metrics
        changed = MetricSet(affected)
        dependents = model.dependents(of: changed, on: sensor)
        var sizes = [Double](repeating: 0, count: scales.count)
        let relative = draw.relativeSize
        var healthy: [Int32]?
        for (position, metric) in affected.enumerated() {
            let scale = scales[metric.rawValue]
            let size = draw.size(of: metric, relative: relative, scale, effects)
            // Opposed oscillations; and several metrics that jump do so each its own way.
            let random = type == .pattern ? draw.isUpwards != (position % 2 == 1) : draw.isUpwards(metric)
            var direction = scale.direction(forSize: size, random: random)
            if direction == nil {
                let reading = healthy ?? signal.counts(of: sensor, tick: scheduled.start)
                healthy = reading
                direction = scale.roomierDirection(from: reading[metric.rawValue])
            }
            sizes[metric.rawValue] = size * (direction ?? 1)
        }
        self.sizes = sizes
        difficulty = draw.difficulty(effects, sizes)
    }

    /// The metrics that it changes.
    var metrics: MetricSet { changed.union(dependents) }

    /// The change of a metric at a tick, in counts of 10⁻ᵈ; nil for missing data.
    @inline(__always)
    func change(_ metric: Metric, at tick: Int64) -> Double? {
        guard let shape else { return nil }
        let size = sizes[metric.rawValue]
        let elapsed = Double(tick - scheduled.start)
        // Strictly between 0 and 1: a ramp has left zero at the first reading and not yet come back at the last.
        let phase = (elapsed + 1) / Double(scheduled.duration + 1)
        switch shape {
        case .impulse:
            return size
        case .decay:
            return size * Elementary.exponential(-3 * elapsed / Double(scheduled.duration))
        case .ramp:
            return size * Self.smooth(2 * min(phase, 1 - phase))
        case .plateau:
            return size * Self.smooth(min(phase, 1 - phase) / 0.3)
        case .recalibration:
            return size * (phase < 0.8 ? Self.smooth(phase / 0.8) : Self.smooth((1 - phase) / 0.2))
        case .sine:
            return size * Self.fade(phase) * Elementary.sine(turns: elapsed * turnsPerTick)
        case .square:
            let wave = Elementary.sine(turns: elapsed * turnsPerTick)
            // √(1 + 1.4 (1 − w²)) lifts what is not an extreme, so that the wave dwells there.
            return size * Self.fade(phase) * wave * (1 + 1.4 * (1 - wave * wave)).squareRoot()
        case .burst, .flat:
            let deviate = NormalDeviates(sensor.effectKey(of: .noise, metric))[UInt64(bitPattern: tick)]
            return size * deviate * (shape == .flat ? 1 : Self.smooth(3 * min(phase, 1 - phase)))
        }
    }

    /// From 0 to 1 without a corner at either end.
    private static func smooth(_ x: Double) -> Double {
        let bounded = min(max(x, 0), 1)
        return bounded * bounded * (3 - 2 * bounded)
    }

    /// In over the first fifth and out over the last.
    private static func fade(_ phase: Double) -> Double { smooth(5 * min(phase, 1 - phase)) }

    /// Turns healthy counts into the event's, at the ticks that `columns` and the event share.
    ///
    /// `first` is the tick of index 0 of `columns`.
    func apply(to columns: inout [[Int32]], at ticks: Range<Int64>, first: Int64) {
        let affected = changed.elements
        for tick in ticks {
            let index = Int(tick - first)
            var isChanged = false
            var nudged: Int?
            for metric in affected {
                let healthy = columns[metric.rawValue][index]
                if keepsGaps, healthy == ReadingBlock.null { continue }
                nudged = nudged ?? metric.rawValue
                let reading =
                    change(metric, at: tick).map { scales[metric.rawValue].reading(healthy, changedBy: $0) }
                    ?? held[metric.rawValue]
                // What is stuck where there was nothing has nothing to repeat.
                if keepsGaps, reading == ReadingBlock.null, mode?.hasNoValues != true { continue }
                columns[metric.rawValue][index] = reading
                isChanged = isChanged || reading != healthy
            }
            let isEnd = tick == max(scheduled.start, 0) || tick == scheduled.ticks.upperBound - 1
            if !isChanged, isEnd, let metric = nudged {
                // The first and the last reading of an event differ from the healthy ones by a step at least.
                columns[metric][index] = scales[metric]
                    .neighbour(of: columns[metric][index], upwards: sizes.isEmpty || sizes[metric] >= 0)
            }
        }
    }

    /// The event as the event table has it, cut to the run; `signal` tells healthy readings at any tick.
    ///
    /// What became of the sizes can be left out, as that takes all of its readings.
    func event(
        in run: Range<Int64>,
        signal: inout HealthySignal,
        withRealisedSizes: Bool = true
    ) -> AnomalyEvent {
        let ticks = scheduled.ticks.clamped(to: run)
        let first = changed.elements[0]
        var (largest, peak) = (0.0, 0.0)
        // Events may last for longer than anyone would wait for their readings.
        let step = max(1, scheduled.duration >> 20)
        for metric in changed.elements {
            var size = 0.0
            for tick in stride(from: scheduled.start, to: scheduled.ticks.upperBound, by: Int64.Stride(step)) {
                size = max(size, abs(change(metric, at: tick) ?? 0))
            }
            if metric == first { largest = size / scales[metric.rawValue].countsPerUnit }
            peak = max(peak, size / scales[metric.rawValue].noise)
        }
        let isDirected = scheduled.type == .spike || scheduled.type == .trend
        let hasSize = shape != nil
        let isRealisedTold = withRealisedSizes && tellsRealised && hasSize
        let realised = isRealisedTold ? RealisedSizes(of: self, at: ticks, signal: &signal) : nil
        return AnomalyEvent(
            sensor: sensor.index,
            type: scheduled.type,
            mode: mode,
            metrics: metrics,
            ticks: ticks,
            isTruncated: Int64(ticks.count) < scheduled.duration,
            magnitude: hasSize ? FixedPoint(rounding: largest, decimals: 4) : nil,
            peakSNR: hasSize ? FixedPoint(rounding: peak, decimals: 2) : nil,
            realisedMagnitude: realised?.magnitude,
            realisedPeakSNR: realised?.peakSNR,
            difficulty: difficulty,
            direction: isDirected ? (sizes[first.rawValue] > 0 ? .up : .down) : nil,
            incident: incident
        )
    }
}
