import DatasetGen

/// Series as the Numenta Anomaly Benchmark has them: a file per metric of a sensor, and the windows of its anomalies.
///
/// Source: NAB's repository, `data` and `labels/combined_windows.json`: both ends of a window are in it, and times are
/// `%Y-%m-%d %H:%M:%S.%f`. The windows of a metric are those of the anomalies that change it.
struct NABExport: SeriesExport {
    let task: ExportTask

    func write() throws(FileError) -> DatasetExport.Summary {
        var summary = DatasetExport.Summary()
        var windows: [JSONValue.Member] = []
        let twin = plan.exportTwin
        for index in plan.evenlySpreadSensors(options.limit) {
            let series = ExportSeries(index, of: plan, twin: twin)
            for metric in series.metrics {
                let name = "\(plan.exportName)/\((index + 1).numberText)_\(plan.recipe.schema[metric].name).csv"
                let events = series.events(in: 0..<series.count, of: metric)
                summary.series += 1
                summary.anomalies += events.count
                try folder.write(rows(of: series, metric), to: "data/\(name)")
                let pairs = events.map { event -> JSONValue in
                    [
                        .string(series.time(event.lowerBound, alwaysWithMicroseconds: true)),
                        .string(series.time(event.upperBound - 1, alwaysWithMicroseconds: true)),
                    ]
                }
                windows.append(.init(key: name, value: .array(pairs)))
            }
        }
        try folder.write(Array(JSONValue.object(windows).prettyText.utf8), to: "labels/combined_windows.json")
        return summary
    }

    private func rows(of series: ExportSeries, _ metric: Metric) -> [UInt8] {
        var text = Array("timestamp,value\n".utf8)
        for index in 0..<series.count {
            text.append(text: series.time(index) + ",")
            text.append(series.readings, metric, index)
            text.append(text: "\n")
        }
        return text
    }
}
