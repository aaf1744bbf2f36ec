package import DatasetGen

/// Turns blocks of readings into OpenMetrics text: a line for each sample, those of a reading one behind the other.
///
///     sensor_data_temperature{location="Oslo",sensor_id="ONE"} 21.50 1735689600
///
/// Source: "OpenMetrics 1.0", text format. `promtool tsdb create-blocks-from openmetrics` does not want the samples of a
/// metric to stand together, as a scrape has to have them.
package struct OpenMetricsEncoder: UnmarkedRowEncoder {
    package let header: [UInt8]
    private let sources: [SeriesNames.Source]
    /// Name and bracket, by series.
    private let heads: [[UInt8]]
    /// Labels, bracket and blank, by sensor.
    private let labels: [[UInt8]]
    /// Digits behind the point, by sensor and metric.
    private let decimals: [UInt8]
    private let metricCount: Int
    private let hasLabels: Bool
    /// The most bytes of a reading's lines without the labels of its sensor.
    private let limit: Int

    /// Prepares what never changes in the lines of each sensor.
    package init(_ output: ReadingOutput, sensors: [Sensor]) {
        let names = SeriesNames(output)
        sources = names.all.map(\.source)
        heads = names.all.map { Array("\($0.name){".utf8) }
        labels = sensors.map { sensor in
            let told = names.labels(of: sensor).map { "\($0.name)=\(Self.quoted($0.text))" }
            return Array((told.joined(separator: ",") + "} ").utf8)
        }
        decimals = sensors.flatMap { names.decimals(of: $0) }
        metricCount = names.schema.metrics.count
        hasLabels = output.parameters.points.labels == .fields
        header = Array(Self.head(names).utf8)
        limit = heads.reduce(0) { $0 + $1.count + RowTemplates.numberLimit + 23 }
    }

    /// What metadata there are; all are gauges, as the names of counters would have to end in `_total`.
    private static func head(_ names: SeriesNames) -> String {
        names.all
            .map { series in
                let help: String
                switch series.source {
                case .metric(let metric), .clean(let metric):
                    let description = names.schema.metrics[metric]
                    let states = description.states.enumerated().map { "\($0.offset) \($0.element)" }
                    let parts = [
                        series.source == .clean(metric) ? "What a healthy sensor would have read" : "",
                        description.summary,
                        states.joined(separator: ", "),
                    ]
                    help = parts.filter { !$0.isEmpty }.joined(separator: ": ")
                case .label:
                    let types = AnomalyType.allCases.map { "\($0.rawValue) \($0.name)" }
                    help = "What is anomalous: 0 nothing, " + types.joined(separator: ", ")
                }
                let line = help.isEmpty ? "" : "# HELP \(series.name) \(escaped(help))\n"
                return "# TYPE \(series.name) gauge\n" + line
            }
            .joined()
    }

    /// The value of a label.
    package static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    package var trailer: [UInt8] { Array("# EOF\n".utf8) }

    package var leavesOutReadings: Bool { !hasLabels }

    package func rowCount(ofReading index: Int, of readings: ReadingSlice) -> Int {
        if readings.isOmitted(index) { return 0 }
        if hasLabels { return 1 }
        let row = readings.rows.lowerBound + index
        return sources.contains { readings.column(of: $0)?[row] != ReadingBlock.null } ? 1 : 0
    }

    /// Appends the lines of some readings.
    ///
    /// - Complexity: O(samples).
    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        // In parts: memory for the longest lines of all is not taken when none is as long.
        for begin in stride(from: 0, to: readings.count, by: 256) {
            let part = begin..<min(begin + 256, readings.count)
            let longest = part.reduce(0) { limit, index in
                max(limit, labels[Int(readings.sensors[readings.places.lowerBound + index])].count)
            }
            buffer.append(atMost: part.count * (limit + sources.count * longest)) { write(readings, part, to: &$0) }
        }
    }

    private func write(_ readings: ReadingSlice, _ part: Range<Int>, to writer: inout ByteWriter) {
        for index in part where !readings.isOmitted(index) {
            let place = readings.places.lowerBound + index
            let (sensor, row) = (Int(readings.sensors[place]), readings.rows.lowerBound + index)
            // Arrays stay here as long as their spans are looked at.
            let told = labels[sensor]
            let seconds = readings.times[place].flooredQuotient(by: 1_000_000)
            for series in sources.indices {
                let count: Int32
                let digits: UInt8
                switch sources[series] {
                case .metric(let metric):
                    (count, digits) = (readings.metrics[metric][row], decimals[sensor * metricCount + metric])
                case .clean(let metric):
                    (count, digits) = (readings.clean[metric][row], decimals[sensor * metricCount + metric])
                case .label: (count, digits) = (Int32(readings.labels[row]), 0)
                }
                if count == ReadingBlock.null { continue }
                let head = heads[series]
                writer.append(head.span)
                writer.append(told.span)
                writer.append(count, decimals: Int(digits))
                writer.append(" ")
                writer.append(decimal: seconds)
                writer.append("\n")
            }
        }
    }
}

extension SeriesNames {
    /// The series of an output.
    package init(_ output: ReadingOutput) {
        let points = output.parameters.points
        self.init(
            output.schema,
            prefix: points.measurement,
            tags: points.tags,
            includesTwin: output.includesCleanTwin,
            includesLabels: points.labels == .fields
        )
    }
}
