import DatasetGen

/// A day of one sensor's readings for a terminal: a small plot per metric above one axis of time.
struct SensorPlots {
    private let readings: DayReadings

    private var day: SensorDay { readings.day }

    /// What stands left of the plots: the numbers of their scales, and a space.
    private static let margin = 10
    /// What stands below readings that a phenomenon changes.
    private static let phenomenon: Character = "~"

    /// Recomputes the readings of the day, for lines of `width` characters.
    init(_ day: SensorDay, width: Int) throws(PlanError) {
        readings = try DayReadings(day, columnCount: max(20, width - Self.margin))
    }

    /// The plots, one below the other.
    var text: String {
        var lines = ["\(day.sensor.id) in \(day.sensor.place.name), \(day.dates), day \(day.number) of \(day.count):"]
        for metric in day.metrics { lines += plot(of: metric) }
        lines += [""] + timeLines
        let types = AnomalyType.allCases.filter { readings.eventCounts[$0] != nil }
        if !types.isEmpty {
            lines += ["", "anomalies: " + types.map { "\($0.letter) \($0.name)" }.joined(separator: ", ")]
        }
        let phenomena = readings.phenomena.map(\.name)
        if !phenomena.isEmpty {
            lines += types.isEmpty ? [""] : []
            lines.append("phenomena: \(Self.phenomenon) " + phenomena.joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    /// The plot of a metric, and below it a line per type of anomaly with its letter where it changes the metric, and one of phenomena.
    private func plot(of metric: Metric) -> [String] {
        let columns = readings.metrics[metric.rawValue].columns
        guard let range = columns.range else { return [] }
        let decimals = min(day.sensor.resolutions[metric.rawValue].decimals, 2)
        let description = day.plan.recipe.schema[metric]
        func scale(_ value: Double) -> String {
            description.states.isEmpty
                ? Readable.fixed(value, decimals: decimals)
                : String(description.states[Int(value)].prefix(Self.margin - 1))
        }
        var lines = ["", Emphasis.heading.marking(description.nameWithUnit)]
        for (index, row) in Sparkline(columns).lines(height: 4).enumerated() {
            let label =
                switch index {
                case 0: scale(range.upperBound)
                case 3: scale(range.lowerBound)
                default: ""
                }
            lines.append(Self.line(label, row))
        }
        for type in AnomalyType.allCases where columns.contains(where: { $0.types.contains(type) }) {
            lines.append(Self.line("", String(columns.map { $0.types.contains(type) ? type.letter : " " })))
        }
        let bands = readings.metrics[metric.rawValue].phenomena.values.joined()
        if !bands.isEmpty {
            var marks = [Character](repeating: " ", count: columns.count)
            for band in bands {
                let (first, last) = (band.ticks.lowerBound, band.ticks.upperBound - 1)
                for column in readings.column(ofTick: first)...readings.column(ofTick: last) {
                    marks[column] = Self.phenomenon
                }
            }
            lines.append(Self.line("", String(marks)))
        }
        return lines
    }

    /// The axis of time and its labels.
    private var timeLines: [String] {
        let count = readings.columnCount
        var axis = [Character](repeating: "─", count: count)
        var labels = ""
        // Room for hours, minutes and a gap; of longer labels those are left out that would touch the one before.
        for tick in TimeAxis(day, tickCount: max(1, count / 8)).ticks {
            let column = Int(tick.position * Double(count))
            guard column < count else { continue }
            axis[column] = "┬"
            guard labels.isEmpty || column > labels.count else { continue }
            labels += String(repeating: " ", count: column - labels.count) + tick.label
        }
        return [Self.line("", String(axis)), Self.line("UTC", labels)]
    }

    private static func line(_ left: String, _ right: String) -> String {
        String(repeating: " ", count: max(0, margin - 1 - left.count)) + left + " " + right
    }
}
