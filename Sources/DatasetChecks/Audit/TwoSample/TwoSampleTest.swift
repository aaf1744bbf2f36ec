package import DatasetGen

/// Whether days of a dataset can be told from days of a recording.
///
/// A classifier learns from four fifths of the days which are which, and is asked about the rest; the area under its ROC
/// curve is ½ where it cannot tell, 1 where it always can. The floor is what it makes of the recording against itself:
/// weeks with even against weeks with odd numbers.
package struct TwoSampleTest {
    /// What a classifier makes of some metrics.
    package struct Figure: Sendable {
        /// The metric; all together without one.
        package let metric: String?
        /// By values as they are.
        package let raw: Double?
        /// By days brought to one mean and deviation.
        package let shape: Double?
        /// The recording against itself.
        package let rawFloor: Double?
        package let shapeFloor: Double?
    }

    /// The figures of each metric that both have, and of all together.
    package let figures: [Figure]
    /// Days of the dataset and of the recording.
    package let days: (dataset: Int, recording: Int)

    private static let sensorLimit = 64
    private static let windowLimit = 1_000
    /// Fewer tell nothing.
    package static let leastDays = 40
    private static let folds: Int64 = 5

    /// Compares the healthy readings of a plan with a recording, by the names of their metrics.
    package init(_ plan: GenerationPlan, against recording: Recording) {
        let pairs = recording.metrics.indices.compactMap { index -> (metric: Metric, index: Int)? in
            plan.recipe.schema[recording.metrics[index].name].map { (Metric(rawValue: $0.index), index) }
        }
        // Readings of the finer of two resolutions are rounded as those of the other.
        let steps = pairs.map { pair in
            let own = plan.fleet.kinds.map { $0.resolutions[pair.metric.rawValue].value }.max() ?? 0
            return max(own, recording.metrics[pair.index].resolution.value)
        }
        func rounded(_ value: Double, _ pair: Int) -> Double { (value / steps[pair]).rounded() * steps[pair] }
        var made: [DayWindow] = []
        let spread = max(1, plan.fleet.sensors.count / Self.sensorLimit)
        for sensor in stride(from: 0, to: plan.fleet.sensors.count, by: spread) where made.count < Self.windowLimit * 4
        {
            var reader = SensorReader(plan, sensor: plan.fleet.sensors[sensor])
            var (window, ticks): (SensorReader.Window?, Range<Int64>) = (nil, 0..<0)
            let grid = plan.grid(ofSensor: sensor)
            made += DayWindow.all(on: grid, metricCount: pairs.count) { pair, tick in
                if !ticks.contains(tick) {
                    ticks = tick..<min(grid.tickCount, tick + 4_096)
                    window = reader.read(ticks)
                }
                return window?.value(pairs[pair].metric, Int(tick - ticks.lowerBound)).map { rounded($0, pair) }
            }
        }
        var real: [DayWindow] = []
        for sensor in recording.sensors where real.count < Self.windowLimit * 4 {
            real += DayWindow.all(on: sensor.grid, metricCount: pairs.count) { pair, tick in
                let count = sensor.columns[pairs[pair].index][Int(tick)]
                guard count != ReadingBlock.null else { return nil }
                let resolution = recording.metrics[pairs[pair].index].resolution
                return rounded(FixedPoint(count: Int64(count), decimals: resolution.decimals).double, pair)
            }
        }
        let (ours, theirs) = (Self.thinned(made), Self.thinned(real))
        days = (ours.count, theirs.count)
        func isEven(_ window: DayWindow) -> Bool { window.day.flooredQuotient(by: 7) % 2 == 0 }
        let (even, odd) = (theirs.filter(isEven), theirs.filter { !isEven($0) })
        func area(_ one: [DayWindow], _ other: [DayWindow], _ features: (DayWindow) -> [Double]) -> Double? {
            Self.area(one.map { ($0.day, features($0)) }, other.map { ($0.day, features($0)) })
        }
        func figure(_ name: String?, _ raw: (DayWindow) -> [Double], _ shape: (DayWindow) -> [Double]) -> Figure {
            Figure(
                metric: name,
                raw: area(theirs, ours, raw),
                shape: area(theirs, ours, shape),
                rawFloor: area(even, odd, raw),
                shapeFloor: area(even, odd, shape)
            )
        }
        var figures = pairs.indices.map { pair in
            figure(
                recording.metrics[pairs[pair].index].name,
                { WindowFeatures.raw($0.values[pair]) },
                { WindowFeatures.shape($0.values[pair]) }
            )
        }
        if pairs.count > 1 {
            figures.append(
                figure(
                    nil,
                    { $0.values.flatMap { WindowFeatures.raw($0) } + WindowFeatures.correlations($0.values) },
                    { $0.values.flatMap { WindowFeatures.shape($0) } + WindowFeatures.correlations($0.values) }
                )
            )
        }
        self.figures = figures
    }

    /// So many at most, evenly spread.
    private static func thinned(_ windows: [DayWindow]) -> [DayWindow] {
        let count = min(windows.count, windowLimit)
        return (0..<count).map { windows[$0 * windows.count / count] }
    }

    /// The area under the ROC curve of classifiers that have not seen what they are asked about; nil for few days.
    private static func area(_ first: [(day: Int64, [Double])], _ second: [(day: Int64, [Double])]) -> Double? {
        guard first.count >= leastDays / 2, second.count >= leastDays / 2 else { return nil }
        let all = first.map { ($0.day, $0.1, false) } + second.map { ($0.day, $0.1, true) }
        // Days that follow one another are alike: those of a fortnight are in one part.
        @Sendable func fold(_ day: Int64) -> Int64 { day.flooredQuotient(by: 14) % folds }
        let results = inParallel(Int(folds), atLeast: 1) { range in
            range.map { number -> [(score: Double, isSecond: Bool)] in
                let training = all.filter { fold($0.0) != Int64(number) }
                let test = all.filter { fold($0.0) == Int64(number) }
                guard !test.isEmpty, training.contains(where: \.2), training.contains(where: { !$0.2 }) else {
                    return []
                }
                let classifier = QuadraticClassifier(training.map(\.1), isSecond: training.map(\.2))
                return test.map { (classifier.score($0.1), $0.2) }
            }
        }
        var concordant = 0.0
        var pairs = 0.0
        // Scores of one classifier are compared with one another only.
        for scores in results.flatMap({ $0 }) {
            let (real, made) = (scores.filter { !$0.isSecond }, scores.filter(\.isSecond))
            for one in real {
                for other in made { concordant += other.score > one.score ? 1 : other.score == one.score ? 0.5 : 0 }
            }
            pairs += Double(real.count) * Double(made.count)
        }
        return pairs > 0 ? concordant / pairs : nil
    }

    /// As JSON.
    package var json: JSONValue {
        [
            "days": .integer(days.dataset),
            "recording_days": .integer(days.recording),
            "metrics": .array(
                figures.map { figure in
                    [
                        "metric": .text(figure.metric),
                        "auc_raw": .rounded(figure.raw, decimals: 4),
                        "auc_shape": .rounded(figure.shape, decimals: 4),
                        "floor_raw": .rounded(figure.rawFloor, decimals: 4),
                        "floor_shape": .rounded(figure.shapeFloor, decimals: 4),
                    ]
                }
            ),
        ]
    }
}
