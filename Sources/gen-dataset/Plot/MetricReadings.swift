import DatasetGen

/// A day's readings of one metric, for a plot.
struct MetricReadings {
    /// What the sensor reports, column by column.
    var columns: [PlotColumn]
    /// What the healthy sensor would have reported, around anomalies only.
    var healthy: [PlotColumn]
    /// The events that change the metric, in order of time.
    var bands: [AnomalyType: [EventBand]] = [:]

    /// Columns without readings.
    init(columnCount: Int) {
        columns = Array(repeating: PlotColumn(), count: columnCount)
        healthy = columns
    }
}
