/// The sizes that anomalies of sensors of one kind are measured in.
struct EffectModel: Sendable {
    /// Per ``Metric/rawValue``.
    let scales: [MetricScale]
    /// Per ``ScheduledEvent/effect``, per ``Metric/rawValue``: counts by which healthy readings vary within an event.
    private let variations: [[Double]]
    /// What the sensors measure.
    let metrics: MetricSet
    /// Per ``ScheduledEvent/effect``: first the types, nil for those that are off, then the causes of incidents.
    let types: [AnomalyTypeParameters?]
    /// Per ``ScheduledEvent/effect``: the metrics that may be affected.
    let candidates: [[Metric]]

    /// Effects on the sensors of one of a signal's kinds.
    init(
        _ kind: KindModel,
        _ sensors: SensorKind,
        _ signal: SignalModel,
        recipe: Recipe
    ) {
        let types = Self.types(of: recipe, sensors)
        self.types = types
        let scales = recipe.schema.metrics.map { metric in
            if let standard = metric.standard {
                return MetricScale(kind, sensors.normal[standard.rawValue], metric: standard)
            }
            guard let declared = recipe.metrics?[metric.index], let models = signal.declared else {
                preconditionFailure("a metric that nothing makes")
            }
            return MetricScale(
                declared,
                noise: models.noise(ofColumn: metric.index),
                deviation: models.deviation(ofColumn: metric.index)
            )
        }
        self.scales = scales
        metrics = sensors.metrics
        candidates = types.map { parameters in
            parameters?.candidates(among: sensors.metrics, of: recipe.schema) ?? []
        }
        let interval = recipe.grid.every(sensors.step).interval.seconds
        variations = types.map { parameters in
            guard let parameters else { return [] }
            let seconds = Self.seconds(parameters, interval: interval)
            return recipe.schema.metrics.map { metric in
                let change =
                    metric.standard.map { kind.typicalChange(of: $0, in: seconds) }
                    ?? signal.declared?.typicalChange(ofColumn: metric.index, in: seconds) ?? 0
                let slow = change * scales[metric.index].countsPerUnit
                let noise = scales[metric.index].noise
                return (noise * noise + slow * slow).squareRoot()
            }
        }
    }

    /// Effects on a sensor of a recording, by how much its own readings vary.
    init(_ recording: Recording, of sensor: SensorCore, _ sensors: SensorKind, recipe: Recipe) {
        let types = Self.types(of: recipe, sensors)
        self.types = types
        metrics = sensors.metrics
        candidates = types.map { $0?.candidates(among: sensors.metrics, of: recipe.schema) ?? [] }
        let columns = recipe.schema.metrics.map { metric in
            recording.metrics.firstIndex { $0.name == metric.name }
        }
        let added = recipe.schema.metrics.map { recipe.metrics?[$0.index].addedNoise ?? 0 }
        let scales = zip(recipe.schema.metrics, columns)
            .map { description, column in
                MetricScale(
                    description,
                    recording,
                    metric: column,
                    sensor: sensor.index,
                    noise: added[description.index]
                )
            }
        self.scales = scales
        let interval = recipe.grid.interval.seconds
        // Of most types the same; and of a twin without anomalies none is asked for.
        var known: [Int64: [Double]] = [:]
        variations = types.map { parameters in
            guard let parameters, recipe.anomalies.isEnabled else { return [] }
            let ticks = max(1, Int64((Self.seconds(parameters, interval: interval) / interval).rounded()))
            if let variation = known[ticks] { return variation }
            let variation = columns.indices.map { index in
                let noise = scales[index].noise
                guard let column = columns[index] else { return noise }
                // The difference of two readings has the noise of both.
                let change = recording.change(ofMetric: column, sensor: sensor.index, after: ticks)
                let white = added[index] * scales[index].countsPerUnit
                return max(noise * noise, change * change + 2 * white * white - noise * noise).squareRoot()
            }
            known[ticks] = variation
            return variation
        }
    }

    private static func types(of recipe: Recipe, _ sensors: SensorKind) -> [AnomalyTypeParameters?] {
        var types = [AnomalyTypeParameters?](repeating: nil, count: AnomalyType.allCases.count + 1)
        for parameters in (sensors.anomalies ?? recipe.anomalies).types {
            types[Int(parameters.type.rawValue)] = parameters
        }
        return types + recipe.incidents.map(\.effect)
    }

    /// In how many seconds what a healthy metric does competes with an anomaly of a type.
    private static func seconds(_ parameters: AnomalyTypeParameters, interval: Double) -> Double {
        let duration = parameters.duration.map { Double($0.lowerBound + $0.upperBound) / 2e6 } ?? interval
        // A drift competes with what the healthy metric does in half the event; a jump with the next reading.
        return switch parameters.type {
        case .trend: max(interval, duration / 2)
        case .pattern: max(interval, duration / 12)
        case .spike, .noise, .missingData: interval
        }
    }

    /// Counts by which healthy readings of a metric vary within an event; `effect` is its ``ScheduledEvent/effect``.
    func variation(_ effect: Int, _ metric: Metric) -> Double { variations[effect][metric.rawValue] }
}
