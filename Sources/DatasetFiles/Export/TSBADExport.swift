import DatasetGen

/// Series as TSB-AD has them: a file each, whose name says how many rows are for training and where the first anomaly is.
///
/// Source: TSB-AD's loader, which takes the third last part of the name between underscores as the number of rows for training.
/// Training is what the healthy sensor would have reported, so that the first anomaly is behind it.
struct TSBADExport: SeriesExport {
    let task: ExportTask

    func write() throws(FileError) -> DatasetExport.Summary {
        var summary = DatasetExport.Summary()
        let twin = plan.exportTwin
        for index in plan.evenlySpreadSensors(options.limit) {
            let series = ExportSeries(index, of: plan, twin: twin)
            let training = Int(series.trainingEnd ?? 0)
            let events = series.events(in: training..<series.count)
            guard training > 0, let first = events.first else {
                summary.skipped += 1
                continue
            }
            summary.series += 1
            summary.anomalies += events.count
            let number = summary.series
            let name = "\(number.numberText)_\(plan.exportName)_id_\(number)_Sensor"
            try folder.write(rows(of: series, training), to: "\(name)_tr_\(training)_1st_\(first.lowerBound).csv")
        }
        return summary
    }

    private func rows(of series: ExportSeries, _ training: Int) -> [UInt8] {
        let names = series.metrics.map { plan.recipe.schema[$0].name }
        var text = Array("\(names.joined(separator: ",")),Label\n".utf8)
        for index in 0..<series.count {
            let window = index < training ? series.healthy : series.readings
            for metric in series.metrics {
                text.append(window, metric, index)
                text.append(text: ",")
            }
            text.append(text: index >= training && series.readings.isAnomalous(index) ? "1\n" : "0\n")
        }
        return text
    }
}
