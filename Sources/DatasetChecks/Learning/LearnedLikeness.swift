import DatasetGen

/// How much the readings that a recipe makes are like those that it was learnt from.
struct LearnedLikeness {
    private let metrics: [LearnedMetric]
    private let grid: TickGrid
    /// Per metric, per sensor that is looked at in time: what the recipe makes.
    private var made: [[[Double]]]
    /// Per metric: what it makes at instants of many sensors.
    private var scattered: [[Double]]

    private static let sensorLimit = 4
    private static let tickLimit: Int64 = 65_536
    /// Sensors whose levels are looked at, and how often.
    private static let (levelLimit, lookLimit) = (128, Int64(32))

    /// Makes some readings of a recipe, whose metrics are those that were learnt.
    init(_ plan: GenerationPlan, _ metrics: [LearnedMetric]) {
        self.metrics = metrics
        grid = plan.recipe.grid
        made = metrics.map { _ in [] }
        scattered = made.map { _ in [] }
        for sensor in plan.fleet.sensors.prefix(Self.sensorLimit) {
            var reader = SensorReader(plan, sensor: sensor)
            let window = reader.read(0..<min(grid.tickCount, Self.tickLimit))
            for metric in metrics.indices {
                made[metric].append((0..<window.count).compactMap { window.value(Metric(rawValue: metric), $0) })
            }
        }
        let fleet = plan.fleet.sensors
        guard fleet.count > Self.sensorLimit else { return }
        let looks = min(grid.tickCount, Self.lookLimit)
        for index in stride(from: 0, to: fleet.count, by: max(1, fleet.count / Self.levelLimit)) {
            var reader = SensorReader(plan, sensor: fleet[index])
            let part = grid.tickCount / looks
            for look in 0..<looks {
                // Each sensor at other hours.
                let tick = part * look + Int64(index) * 7_919 % part
                let window = reader.read(tick..<tick + 1)
                for metric in metrics.indices {
                    if let value = window.value(Metric(rawValue: metric), 0) { scattered[metric].append(value) }
                }
            }
        }
    }

    /// A line on the moments, and one on how readings part in time.
    func lines(of metric: Int) -> [String] {
        let learned = metrics[metric]
        // A few sensors would tell of their own levels.
        let all = scattered[metric].isEmpty ? made[metric].flatMap { $0 } : scattered[metric]
        guard !all.isEmpty else { return [] }
        let mean = all.reduce(0, +) / Double(all.count)
        let deviation = (all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)).squareRoot()
        let digits = min(6, learned.series.recording.metrics[learned.series.metric].resolution.decimals + 2)
        func text(_ value: Double) -> String { FixedPoint(rounding: value, decimals: digits).text }
        var parts: [String] = []
        let longer = [3_600.0, 86_400].filter { $0 > 1.5 * grid.interval.seconds }
        for seconds in [grid.interval.seconds] + longer {
            let lag = Int((seconds / grid.interval.seconds).rounded())
            guard Int64(lag) * 4 <= min(grid.tickCount, Self.tickLimit) else { continue }
            let own = made[metric]
                .flatMap { values in
                    stride(from: 0, to: max(0, values.count - lag), by: 1).map { values[$0 + lag] - values[$0] }
                }
            let data = learned.series.change(after: lag) { learned.series.reading($0, $1) }
            let length = DurationText.text(ofMicroseconds: Int64(seconds * 1e6))
            parts.append("in \(length) \(text(RobustMoments.rootMeanSquare(own)))/\(text(data))")
        }
        return [
            "made/data: mean \(text(mean))/\(text(learned.mean)), std_dev \(text(deviation))/\(text(learned.deviation))"
        ] + (parts.isEmpty ? [] : ["made/data: typical change " + parts.joined(separator: ", ")])
    }

    /// A line on how often a state is the rarer one, and how long.
    func stateLines(of metric: Int, _ state: LearnedState) -> [String] {
        let rarer = Double(state.rarer)
        let (count, rare, stays) = made[metric]
            .reduce(into: (0.0, 0.0, 0.0)) { sums, values in
                sums.0 += Double(values.count)
                for (index, value) in values.enumerated() where value == rarer {
                    sums.1 += 1
                    if index == 0 || values[index - 1] != rarer { sums.2 += 1 }
                }
            }
        guard count > 0 else { return [] }
        let share = FixedPoint(rounding: rare / count, decimals: 3).text
        func length(_ microseconds: Double) -> String {
            DurationText.text(ofMicroseconds: Int64(microseconds).inRoundUnits)
        }
        let stay = stays > 0 ? length(rare / stays * grid.interval.seconds * 1e6) : "none"
        return [
            "made/data: \(state.names[state.rarer]) for \(share)/\(FixedPoint(rounding: state.shares[state.rarer], decimals: 3).text) "
                + "of the time, stays of \(stay)/\(length(Double(state.dwell)))"
        ]
    }
}
