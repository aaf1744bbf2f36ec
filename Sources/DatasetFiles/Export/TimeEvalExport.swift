import DatasetGen

/// Series as TimeEval, GutenTAG and aeon have them.
///
/// Source: TimeEval's documentation, "Time series anomaly detection datasets": a folder per series with `test.csv`,
/// `train_no_anomaly.csv` and `train_anomaly.csv`, whose columns are `timestamp`, `value-0` and so on and `is_anomaly`; and
/// `datasets.csv`, which tells of each. Training without anomalies is what the healthy sensor would have reported.
struct TimeEvalExport: SeriesExport {
    let task: ExportTask

    private static let columns = [
        "collection_name", "dataset_name", "train_path", "test_path", "dataset_type", "datetime_index", "split_at",
        "train_type", "train_is_normal", "input_type", "length", "dimensions", "contamination", "num_anomalies",
        "min_anomaly_length", "median_anomaly_length", "max_anomaly_length", "mean", "stddev", "trend", "stationarity",
        "period_size",
    ]

    func write() throws(FileError) -> DatasetExport.Summary {
        var summary = DatasetExport.Summary()
        var table = Array((Self.columns.joined(separator: ",") + "\n").utf8)
        let twin = plan.exportTwin
        for index in plan.evenlySpreadSensors(options.limit) {
            let series = ExportSeries(index, of: plan, twin: twin)
            guard let end = series.trainingEnd, let start = series.testStart, end > 0, start < series.count else {
                summary.skipped += 1
                continue
            }
            let (training, test) = (0..<Int(end), Int(start)..<series.count)
            let events = series.events(in: test)
            guard !events.isEmpty else {
                summary.skipped += 1
                continue
            }
            summary.series += 1
            summary.anomalies += events.count
            let name = "\(plan.exportName)-\(summary.series.numberText)"
            try folder.write(rows(of: series, training, isHealthy: true), to: "\(name)/train_no_anomaly.csv")
            try folder.write(rows(of: series, training, isHealthy: false), to: "\(name)/train_anomaly.csv")
            try folder.write(rows(of: series, test, isHealthy: false), to: "\(name)/test.csv")
            table.append(text: lines(name, series, test, events))
        }
        try folder.write(table, to: "datasets.csv")
        return summary
    }

    private func rows(of series: ExportSeries, _ range: Range<Int>, isHealthy: Bool) -> [UInt8] {
        let window = isHealthy ? series.healthy : series.readings
        let values = series.metrics.indices.map { "value-\($0)" }
        var text = Array("timestamp,\(values.joined(separator: ",")),is_anomaly\n".utf8)
        for index in range {
            text.append(text: series.time(index))
            for metric in series.metrics {
                text.append(text: ",")
                text.append(window, metric, index)
            }
            text.append(text: !isHealthy && series.readings.isAnomalous(index) ? ",1\n" : ",0\n")
        }
        return text
    }

    /// The lines of `datasets.csv`: one for each way of training.
    private func lines(_ name: String, _ series: ExportSeries, _ test: Range<Int>, _ events: [Range<Int>]) -> String {
        let lengths = events.map(\.count).sorted()
        let median =
            Double(lengths[(lengths.count - 1) / 2] + lengths[lengths.count / 2]) / 2
        let anomalous = lengths.reduce(0, +)
        let moments = series.metrics.map { SeriesMoments(series.readings, $0, test) }
        func number(_ value: Double) -> String { FixedPoint(rounding: value, decimals: 6).text }
        let tail = [
            series.metrics.count == 1 ? "univariate" : "multivariate", "\(test.count)", "\(series.metrics.count)",
            number(Double(anomalous) / Double(test.count)), "\(events.count)", "\(lengths[0])", number(median),
            "\(lengths[lengths.count - 1])",
            number(moments.reduce(0) { $0 + $1.mean } / Double(moments.count)),
            number(moments.reduce(0) { $0 + $1.deviation } / Double(moments.count)), "", "", "",
        ]
        let ways = [
            ("unsupervised", "", false), ("semi-supervised", "\(name)/train_no_anomaly.csv", true),
            ("supervised", "\(name)/train_anomaly.csv", false),
        ]
        return
            ways.map { way, path, isNormal in
                let head = [
                    plan.exportName, "\(name).\(way)", path, "\(name)/test.csv", "synthetic", "True", "", way,
                    isNormal ? "True" : "False",
                ]
                return (head + tail).joined(separator: ",") + "\n"
            }
            .joined()
    }
}

/// Mean and standard deviation of a metric over some readings.
struct SeriesMoments {
    /// The mean.
    let mean: Double
    /// The standard deviation of the whole, as NumPy has it.
    let deviation: Double

    init(_ window: SensorReader.Window, _ metric: Metric, _ range: Range<Int>) {
        let values = range.compactMap { window.value(metric, $0) }
        let count = Double(max(1, values.count))
        let mean = values.reduce(0, +) / count
        self.mean = mean
        deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
}

extension GenerationPlan {
    /// The healthy twin.
    var exportTwin: GenerationPlan {
        do {
            return try healthyTwin()
        } catch { preconditionFailure("the twin asks for less than the plan: \(error)") }
    }
}
