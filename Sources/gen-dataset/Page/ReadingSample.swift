import DatasetGen

/// Readings of a dataset that stand for all of them in distributions and correlations.
///
/// They are of some sensors, evenly spread over the fleet, and of each of these all there are or some stretches, spread over
/// the run at another phase for each sensor, so that no time of day is left out. A dataset has one sample, whatever the machine.
struct ReadingSample: Sendable {
    /// What a value is of.
    enum Kind: UInt8, Sendable {
        /// A healthy reading.
        case healthy
        /// An anomalous reading, in a metric that the anomaly changes.
        case changed
        /// An anomalous reading, in a metric that the anomaly leaves as it is.
        case untouched
    }

    /// Values of some metrics, reading by reading.
    fileprivate struct Part: Sendable {
        /// By metric; nil where there is none.
        var values: [[Double?]]
        var kinds: [[Kind]]
    }

    /// How many sensors it is of.
    let sensorCount: Int
    /// How many readings it has.
    let readingCount: Int
    /// Whether it has all readings.
    let isComplete: Bool
    private let parts: [Part]

    private static let sensorLimit = 256
    private static let valueLimit = 2_000_000
    /// A prime, so that stretches are not at the same time of day or week.
    private static let stretchCount: Int64 = 29
    private static let window: Int64 = 4_096

    /// Takes the sample.
    init(_ plan: GenerationPlan) {
        let metrics = plan.recipe.schema.all
        let sensors = plan.evenlySpreadSensors(min(Self.sensorLimit, plan.fleet.sensors.count))
        let readingLimit = Int64(Self.valueLimit / max(1, metrics.count) / max(1, sensors.count))
        let parts = inParallel(sensors.count, atLeast: 1) { range in
            var part = Part(values: metrics.map { _ in [] }, kinds: metrics.map { _ in [] })
            for index in range {
                let sensor = plan.fleet.sensors[sensors[index]]
                var reader = SensorReader(plan, sensor: sensor)
                let count = plan.rows.tickCount(ofSensor: sensor.index)
                for stretch in Self.stretches(of: count, atMost: readingLimit, phase: index) {
                    for first in stride(from: stretch.lowerBound, to: stretch.upperBound, by: Int(Self.window)) {
                        let window = reader.read(first..<min(first + Self.window, stretch.upperBound))
                        for metric in metrics { part.add(window, metric, isMeasured: sensor.measures(metric)) }
                    }
                }
            }
            return part
        }
        self.parts = parts
        sensorCount = sensors.count
        let readingCount = parts.reduce(0) { $0 + ($1.values.first?.count ?? 0) }
        self.readingCount = readingCount
        isComplete = Int64(readingCount) == plan.rows.count
    }

    /// Calls `body` with every value of a metric.
    func forEachValue(of metric: Metric, _ body: (Double, Kind) -> Void) {
        for part in parts {
            let kinds = part.kinds[metric.rawValue]
            for (index, value) in part.values[metric.rawValue].enumerated() {
                if let value { body(value, kinds[index]) }
            }
        }
    }

    /// Calls `body` with every reading that is healthy and has both of two metrics.
    func forEachHealthyPair(_ first: Metric, _ second: Metric, _ body: (Double, Double) -> Void) {
        for part in parts {
            let (left, right) = (part.values[first.rawValue], part.values[second.rawValue])
            let kinds = part.kinds[first.rawValue]
            for index in left.indices where kinds[index] == .healthy {
                if let first = left[index], let second = right[index] { body(first, second) }
            }
        }
    }

    /// The ticks of a sensor that are looked at.
    private static func stretches(of count: Int64, atMost limit: Int64, phase: Int) -> [Range<Int64>] {
        if count <= limit { return [0..<count] }
        let stretchCount = min(stretchCount, max(1, limit / 16))
        let (length, distance) = (max(1, limit / stretchCount), count / stretchCount)
        // Multiples of the golden ratio are spread most evenly, however many there are.
        let part = (Double(phase) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
        let shift = Int64(part * Double(max(0, distance - length)))
        return (0..<stretchCount).map { $0 * distance + shift..<min($0 * distance + shift + length, count) }
    }
}

extension ReadingSample.Part {
    fileprivate mutating func add(_ window: SensorReader.Window, _ metric: Metric, isMeasured: Bool) {
        for index in 0..<window.count {
            values[metric.rawValue].append(isMeasured ? window.value(metric, index) : nil)
            let isChanged = window.isAnomalous(index, metric)
            kinds[metric.rawValue]
                .append(
                    isChanged ? .changed : (window.isAnomalous(index) ? .untouched : .healthy)
                )
        }
    }
}
