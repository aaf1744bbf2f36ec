import DatasetGen

/// Series as the UCR anomaly archive has them: a file per event, with one value a line and that one anomaly.
///
/// Source: Wu and Keogh, arXiv:2009.13807, section 3: the name ends with the number of values for training and with the first and
/// the last value of the anomaly, counted from 1. All else is what the healthy sensor would have reported.
struct UCRExport: SeriesExport {
    let task: ExportTask

    func write() throws(FileError) -> DatasetExport.Summary {
        var summary = DatasetExport.Summary()
        let twin = plan.exportTwin
        var series: ExportSeries?
        for event in events {
            if series?.sensor.index != event.sensor { series = ExportSeries(event.sensor, of: plan, twin: twin) }
            guard let series, let metric = event.metrics.elements.first else { continue }
            summary.series += 1
            summary.anomalies += 1
            let ends = "\(event.ticks.lowerBound + 1)_\(event.ticks.upperBound)"
            let name = plan.exportName.replacing("-", with: "")
            try folder.write(
                values(of: series, metric, event.ticks),
                to: "\(summary.series.numberText)_UCR_Anomaly_\(name)_\(series.trainingEnd ?? 0)_\(ends).txt"
            )
        }
        return summary
    }

    /// The events behind the training, or so many of them, evenly spread, sensor by sensor.
    private var events: [AnomalyEvent] {
        let all = plan.allEvents()
            .filter { event in
                guard let bounds = plan.trainingBounds(ofSensor: event.sensor) else { return false }
                return bounds.trainingEnd > 0 && event.ticks.lowerBound >= bounds.trainingEnd
            }
            .sorted { ($0.sensor, $0.ticks.lowerBound) < ($1.sensor, $1.ticks.lowerBound) }
        guard let limit = options.limit, limit < all.count else { return all }
        return (0..<limit).map { all[$0 * all.count / limit] }
    }

    private func values(of series: ExportSeries, _ metric: Metric, _ event: Range<Int64>) -> [UInt8] {
        var text: [UInt8] = []
        for index in 0..<series.count {
            text.append(event.contains(Int64(index)) ? series.readings : series.healthy, metric, index)
            text.append(text: "\n")
        }
        return text
    }
}
