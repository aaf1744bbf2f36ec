import DatasetGen

/// A day of one sensor's readings, a small plot per metric.
struct SensorPlots {
    private let sensor: Sensor
    private let resolutions: [Resolution]
    private let series: [[(value: Double?, isAnomalous: Bool)]]
    private let width: Int
    private let span: String

    /// Recomputes the readings of the first day.
    ///
    /// - Throws: ``Failure`` when there is no sensor of that id.
    init(_ plan: GenerationPlan, sensor id: String?, width: Int) throws(Failure) {
        guard let sensor = id.map({ id in plan.fleet.sensors.first { $0.id == id } }) ?? plan.fleet.sensors.first else {
            throw Failure("there is no sensor \(id ?? "")", status: .inputNotFound)
        }
        self.sensor = sensor
        self.width = max(20, width)
        resolutions = sensor.resolutions
        let grid = plan.recipe.grid
        let day = min(grid.tickCount, grid.ticks(in: 86_400_000_000))
        span = day == grid.tickCount ? "all its readings" : "its first day"
        var series = Metric.allCases.map { _ in [(value: Double?, isAnomalous: Bool)]() }
        // Enough points for every column of the plot to show its range.
        let step = max(1, day / Int64(self.width * 64))
        var reader = SensorReader(plan, sensor: sensor)
        for first in stride(from: Int64(0), to: day, by: 4_096) {
            let window = reader.read(first..<min(first + 4_096, day))
            for index in 0..<window.count where (first + Int64(index)).isMultiple(of: step) || window.isAnomalous(index)
            {
                for metric in Metric.allCases {
                    series[metric.rawValue]
                        .append(
                            (window.value(metric, index), window.isAnomalous(index, metric))
                        )
                }
            }
        }
        self.series = series
    }

    /// The plots, one below the other.
    var text: String {
        var lines = ["\(sensor.id) in \(sensor.place.name), \(span):"]
        for metric in Metric.allCases {
            let plot = Sparkline(series[metric.rawValue], width: width)
            guard let range = plot.range else { continue }
            let decimals = resolutions[metric.rawValue].decimals
            lines += ["", "\(metric.name) (\(metric.unit))"]
            let rows = plot.lines(height: 4)
            for (index, row) in rows.enumerated() {
                let scale =
                    switch index {
                    case 0: Readable.fixed(range.upperBound, decimals: min(decimals, 2))
                    case 3: Readable.fixed(range.lowerBound, decimals: min(decimals, 2))
                    default: ""
                    }
                lines.append(String(repeating: " ", count: max(0, 9 - scale.count)) + scale + " " + row)
            }
        }
        return lines.joined(separator: "\n")
    }
}
