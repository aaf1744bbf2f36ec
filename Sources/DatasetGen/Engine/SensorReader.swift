/// Reads any stretch of one sensor's readings without generating the others.
public struct SensorReader {
    private let plan: GenerationPlan
    private let sensor: Sensor
    private var signal: HealthySignal
    private var overlay: AnomalyOverlay

    /// Readings of consecutive ticks of a sensor.
    public struct Window {
        let resolutions: [Resolution]
        /// Per metric, per reading: counts of 10⁻ᵈ.
        let columns: [[Int32]]
        let labels: [Label]
        /// Per reading: the metrics that its anomaly changes, as the event table has them.
        private let affected: [MetricSet]

        /// How many readings there are.
        public var count: Int { labels.count }

        /// A reading in the metric's unit; nil for NULL.
        public func value(_ metric: Metric, _ index: Int) -> Double? { number(metric, index)?.double }

        /// A reading as its exact decimal; nil for NULL.
        package func number(_ metric: Metric, _ index: Int) -> FixedPoint? {
            let count = columns[metric.rawValue][index]
            guard count != ReadingBlock.null else { return nil }
            return FixedPoint(count: Int64(count), decimals: resolutions[metric.rawValue].decimals)
        }

        /// Whether a reading is anomalous; with a metric, whether the anomaly changes that metric.
        public func isAnomalous(_ index: Int, _ metric: Metric? = nil) -> Bool {
            labels[index].isAnomalous && metric.map { affected[index].contains(MetricSet($0)) } ?? true
        }

        /// The metrics that a reading's anomaly changes; none if it is normal.
        public func changedMetrics(_ index: Int) -> MetricSet { affected[index] }

        /// The type of the anomaly that a reading belongs to; nil if it is normal.
        public func anomalyType(_ index: Int) -> AnomalyType? { labels[index].anomalyType }

        /// Whether a dataset has no row for this reading.
        public func isOmitted(_ index: Int) -> Bool { labels[index].isOmitted }

        fileprivate init(
            resolutions: [Resolution],
            columns: [[Int32]],
            labels: [Label],
            affected: [MetricSet]
        ) {
            self.resolutions = resolutions
            self.columns = columns
            self.labels = labels
            self.affected = affected
        }
    }

    /// A reader of one of the plan's sensors.
    public init(_ plan: GenerationPlan, sensor: Sensor) {
        self.plan = plan
        self.sensor = sensor
        signal = HealthySignal(plan.signals[plan.rows.pace(ofSensor: sensor.index)], sensorCount: 1)
        overlay = AnomalyOverlay(plan.anomalies, sensorCount: 1)
    }

    /// The readings at some ticks.
    public mutating func read(_ ticks: Range<Int64>) -> Window {
        var columns = Array(
            repeating: [Int32](repeating: 0, count: ticks.count),
            count: plan.recipe.schema.metrics.count
        )
        var labels = [Label](repeating: .normal, count: ticks.count)
        var affected = [MetricSet](repeating: [], count: ticks.count)
        signal.prepare(ticks: ticks)
        signal.fill(sensor.core, ticks: ticks, into: &columns)
        overlay.apply(to: &columns, sensor: sensor.core, ticks: ticks, signal: &signal) { _ in }
        for span in overlay.spans {
            for tick in span.ticks {
                labels[Int(tick - ticks.lowerBound)] = span.label
                affected[Int(tick - ticks.lowerBound)] = span.metrics
            }
        }
        return Window(
            resolutions: sensor.resolutions,
            columns: columns,
            labels: labels,
            affected: affected
        )
    }
}
