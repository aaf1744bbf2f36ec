import DatasetGen

/// What healthy readings of the sampled sensors are like: their means, the size of each feature, their steps.
///
/// Taken from the healthy twin: per sensor, the whole run or 32 evenly spread stretches of 512 readings.
struct TwinSample {
    private static let stretches: Int64 = 32
    private static let stretchLength: Int64 = 512

    /// Per sampled sensor: the mean of each metric in its unit, four at a time.
    private(set) var means: [[SIMD4<Double>]] = []
    /// Per sampled sensor, per four metrics, per feature: one by the root mean square of the feature in each metric.
    private(set) var weights: [[[SIMD4<Double>]]] = []
    /// How far a healthy sensor steps.
    let stepLimits: StepLimits

    init(_ twin: GenerationPlan, sample: SensorSample) {
        var resolutions: [[Resolution]] = []
        let groups = twin.fleet.sensors.map { sensor in
            if let group = resolutions.firstIndex(of: sensor.resolutions) { return group }
            resolutions.append(sensor.resolutions)
            return resolutions.count - 1
        }
        let metrics = twin.recipe.schema.all
        var steps = resolutions.map { _ in metrics.map { _ in LogHistogram() } }
        for index in sample.sensors {
            let sensor = twin.fleet.sensors[index]
            var reader = SensorReader(twin, sensor: sensor)
            let windows = Self.ticks(of: twin.rows.tickCount(ofSensor: index)).map { reader.read($0) }
            let scales = sensor.resolutions.map(\.countsPerUnit).vectors(filler: 1)
            let values = sensor.resolutions.map(\.value).vectors(filler: 1)
            means.append([])
            weights.append([])
            for (four, scale) in scales.enumerated() {
                let first = four * MetricCounts.width
                let some = metrics[first..<min(first + MetricCounts.width, metrics.count)]
                let readings = windows.map { Self.read(some, of: $0) }
                Self.count(readings, scale, some, &steps[groups[index]])
                let count = readings.reduce(0) { $0 + $1.count }
                let sum = readings.reduce(SIMD4<Double>()) { sum, stretch in stretch.reduce(sum, +) }
                let mean = count == 0 ? sum : sum / Double(count)
                means[means.count - 1].append(mean)
                weights[weights.count - 1].append(Self.weights(readings, mean: mean, least: values[four]))
            }
        }
        let limits = steps.map { metrics in metrics.map { $0.quantile(0.999) ?? .max } }
        stepLimits = StepLimits(groups: groups, limits: limits)
    }

    private static func ticks(of tickCount: Int64) -> [Range<Int64>] {
        guard tickCount > stretches * stretchLength else { return tickCount > 0 ? [0..<tickCount] : [] }
        return (0..<stretches)
            .map { stretch in
                let first = (tickCount - stretchLength) * stretch / (stretches - 1)
                return first..<first + stretchLength
            }
    }

    /// The readings of up to four metrics.
    private static func read(_ metrics: ArraySlice<Metric>, of window: SensorReader.Window) -> [SIMD4<Double>] {
        (0..<window.count)
            .map { index in
                var values = SIMD4<Double>()
                for (lane, metric) in metrics.enumerated() { values[lane] = window.value(metric, index) ?? 0 }
                return values
            }
    }

    private static func count(
        _ readings: [[SIMD4<Double>]],
        _ scales: SIMD4<Double>,
        _ metrics: ArraySlice<Metric>,
        _ histograms: inout [LogHistogram]
    ) {
        for stretch in readings {
            for (one, other) in zip(stretch, stretch.dropFirst()) {
                let step = ((other - one) * scales).rounded(.toNearestOrAwayFromZero)
                for (lane, metric) in metrics.enumerated() {
                    histograms[metric.rawValue].add(Int64(step[lane].magnitude))
                }
            }
        }
    }

    private static func weights(
        _ readings: [[SIMD4<Double>]],
        mean: SIMD4<Double>,
        least: SIMD4<Double>
    ) -> [SIMD4<Double>] {
        var squares = [SIMD4<Double>](repeating: SIMD4(), count: FeatureWindow.featureCount)
        var counts = [Double](repeating: 0, count: FeatureWindow.featureCount)
        for stretch in readings {
            var window = FeatureWindow()
            for (index, reading) in stretch.enumerated() {
                window.push(reading - mean, isMissing: SIMDMask(repeating: false))
                for feature in 0..<FeatureWindow.featureCount
                where index >= OneLiner(feature: OneLiner.features[feature], metric: nil).reach {
                    squares[feature] += window.scores[feature] * window.scores[feature]
                    counts[feature] += 1
                }
            }
        }
        return squares.indices.map { feature in
            // What an unusual step exceeds is zero for most: it is measured by the steps themselves.
            let scale = feature >= 8 ? 1 : feature
            let mean = (squares[scale] / max(1, counts[scale])).squareRoot()
            // A metric that does not vary counts as one that varies by a step.
            return 1 / mean.replacing(with: least, where: mean .< least * 1e-3)
        }
    }
}
