/// What is drawn for one event: metrics, shape, size and direction, by the event's number alone; of an incident, once for all
/// of its events.
package struct EffectDraw {
    let parameters: AnomalyTypeParameters
    /// The metrics of the sensor that may be affected.
    private let candidates: [Metric]
    let scheduled: ScheduledEvent
    let sensor: SensorCore
    private let key: RandomKey
    /// The first of sixteen counters of the event.
    private let counter: UInt64
    /// Where in 0..<1 the event is spread for its difficulty.
    private let difficultyPlace: Double
    /// The same for its mode.
    private let modePlace: Double

    package init(_ scheduled: ScheduledEvent, of sensor: SensorCore, model: AnomalyModel) {
        guard let parameters = model.effects(of: sensor).types[scheduled.effect] else {
            preconditionFailure("an event of a type that does not occur")
        }
        self.parameters = parameters
        candidates = model.effects(of: sensor).candidates[scheduled.effect]
        self.scheduled = scheduled
        self.sensor = sensor
        if let cause = scheduled.cause {
            key = model.incidents.effectKey(ofCause: cause, number: scheduled.number, of: sensor)
            counter = 0
            (difficultyPlace, modePlace) = (key.uniform(6), key.uniform(7))
            return
        }
        key = sensor.scheduleKey(of: scheduled.type).stream(0)
        counter = UInt64(bitPattern: scheduled.number) &* 16
        let table = EventTable(scheduled.type, of: sensor)
        difficultyPlace = table.place(of: .difficulty, event: scheduled.number)
        modePlace = parameters.type == .missingData ? table.place(of: .mode, event: scheduled.number) : 0
    }

    /// A number in 0..<1.
    private func uniform(_ property: UInt64) -> Double { key.uniform(counter &+ property) }

    /// One item of a list.
    private func pick<Item>(_ items: [Item], _ property: UInt64) -> Item {
        items[Int(key.integer(counter &+ property, below: UInt64(items.count)))]
    }

    /// The shape; nil for missing data.
    var shape: AnomalyShape? {
        parameters.type == .missingData ? nil : pick(parameters.shapes, 0)
    }

    /// What becomes of the rows; nil unless data are missing.
    var mode: MissingMode? {
        guard parameters.type == .missingData else { return nil }
        return parameters.missingModes[Int(modePlace * Double(parameters.missingModes.count))]
    }

    /// Whether the effect goes up, where it may go both ways.
    var isUpwards: Bool { key.bits(counter &+ 1) & 1 == 1 }

    /// The same for one of several metrics.
    func isUpwards(_ metric: Metric) -> Bool { key.bits(counter &+ 1) >> UInt64(metric.rawValue) & 1 == 1 }

    /// One of two ways, for what comes in two.
    var coin: Int { Int(key.bits(counter &+ 1) >> 8 & 1) }

    /// The metrics that the event changes by itself, of a sensor that measures `all`.
    func changed(_ schema: MetricSchema, _ all: MetricSet) -> MetricSet {
        switch mode {
        case .stuck, .blank, .omit: all
        case .sentinel, .rail: MetricSet(all.elements.filter { schema[$0].isOfPart })
        case nil: MetricSet(metrics)
        }
    }

    /// The metrics that are affected: one of a drift; one, or by three in ten two, of a spike; else all that may be.
    var metrics: [Metric] {
        switch parameters.type {
        case .pattern, .noise, .missingData:
            return candidates
        case .spike, .trend:
            let first = pick(candidates, 2)
            guard parameters.type == .spike, candidates.count > 1, uniform(3) < 0.3 else { return [first] }
            let second = pick(candidates.filter { $0 != first }, 4)
            return first.rawValue < second.rawValue ? [first, second] : [second, first]
        }
    }

    /// The size in multiples of noise or variation; nil where the recipe states it in other terms.
    var relativeSize: Double? {
        guard parameters.rateChange == nil, parameters.noiseMultiplier == nil else { return nil }
        let range =
            parameters.magnitude
            ?? DifficultyScale.sizes(parameters.type, parameters.difficulty.difficulty(at: difficultyPlace))
        return (range.lowerBound + uniform(5) * (range.upperBound - range.lowerBound)) * parameters.severityFactor
    }

    /// The size of the effect on a metric, in counts of 10⁻ᵈ.
    func size(of metric: Metric, relative: Double?, _ scale: MetricScale, _ effects: EffectModel) -> Double {
        if let relative {
            return relative * (parameters.magnitude == nil ? effects.variation(scheduled.effect, metric) : scale.noise)
        }
        if let rateChange = parameters.rateChange {
            return (0.5 + 0.5 * uniform(5)) * rateChange * parameters.severityFactor * scale.span
        }
        return (0.8 + 0.4 * uniform(5)) * (parameters.noiseMultiplier ?? 1) * parameters.severityFactor
            * scale.deviation
    }

    /// How hard the event is to find where that is drawn; nil where it follows from the size.
    package var drawnDifficulty: Difficulty? {
        guard parameters.rateChange == nil, parameters.noiseMultiplier == nil, parameters.magnitude == nil,
            parameters.severityFactor == 1
        else { return nil }
        return parameters.difficulty.difficulty(at: difficultyPlace)
    }

    /// How hard the event is to find: as drawn, or by its size where that is stated.
    func difficulty(_ effects: EffectModel, _ sizes: [Double]) -> Difficulty {
        if let drawn = drawnDifficulty { return drawn }
        let largest = sizes.indices.reduce(0.0) { largest, index in
            max(largest, abs(sizes[index]) / effects.variation(scheduled.effect, Metric(rawValue: index)))
        }
        return DifficultyScale.difficulty(parameters.type, ofSize: largest)
    }
}
