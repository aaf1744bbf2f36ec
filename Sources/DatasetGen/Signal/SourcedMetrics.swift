/// The metrics of a plan that come from a ``HealthySource``.
///
/// A class, so that what holds it is looked at in place: a plan and the model of its signal.
final class SourcedMetrics: Sendable {
    let source: any HealthySource
    private let sensors: [Sensor]
    private let metrics: [MetricDescription]

    /// - Throws: ``SourceError`` when the source gives what the recipe does not measure, or no number.
    init(_ source: any HealthySource, _ schema: MetricSchema, _ sensors: [Sensor]) throws(SourceError) {
        var metrics: [MetricDescription] = []
        for name in source.metrics {
            guard let metric = schema.metrics.first(where: { $0.name == name }) else { throw .notMeasured(name) }
            guard metric.model != .state, metric.model != .derived else { throw .noSource(name) }
            metrics.append(metric)
        }
        (self.source, self.sensors, self.metrics) = (source, sensors, metrics)
    }

    /// Replaces a sensor's counts at some ticks, from index 0 on, of those metrics that it measures.
    func fill(
        _ sensor: SensorCore,
        _ measured: MetricSet,
        on grid: TickGrid,
        ticks: Range<Int64>,
        into columns: inout [[Int32]]
    ) {
        let times = ticks.map { grid.time(ofTick: $0) }
        var values = [Double](repeating: .nan, count: times.count)
        let sensor = sensors[sensor.index]
        for metric in metrics where measured.contains(column: metric.index) {
            source.fill(metric.name, of: sensor, at: times, into: &values)
            precondition(values.count == times.count, "a source gives a value for each instant")
            let resolution = sensor.resolutions[metric.index]
            let (scale, step) = (resolution.countsPerUnit, Double(resolution.step))
            // A limit may lie between two steps.
            let lowest = (metric.limits.lowerBound * scale / step).rounded(.up)
            let highest = (metric.limits.upperBound * scale / step).rounded(.down)
            for (index, value) in values.enumerated() {
                let steps = min(max((value * scale / step).rounded(.toNearestOrEven), lowest), highest)
                columns[metric.index][index] = value.isFinite ? Int32(steps * step) : ReadingBlock.null
            }
        }
    }
}

/// Why a ``HealthySource`` cannot be used with a recipe.
public enum SourceError: Error, Hashable, CustomStringConvertible {
    /// The recipe measures no such metric.
    case notMeasured(String)
    /// A state, or a metric that is computed from others.
    case noSource(String)

    /// One line on what is wrong, and what would be right.
    public var description: String {
        switch self {
        case .notMeasured(let name): "the source gives \"\(name)\", which the recipe does not measure"
        case .noSource(let name):
            "the source gives \"\(name)\", which is a state or derived; it may give other numbers"
        }
    }
}
