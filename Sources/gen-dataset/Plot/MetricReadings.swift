import DatasetGen

/// A day's readings of one metric, for a plot.
struct MetricReadings {
    /// What the sensor reports, column by column.
    var columns: [PlotColumn]
    /// What the healthy sensor would have reported, around anomalies only.
    var healthy: [PlotColumn]
    /// The events that change the metric, in order of time.
    var bands: [AnomalyType: [EventBand]] = [:]
    /// The phenomena that change the metric, by their index in the recipe, in order of time.
    var phenomena: [Int: [EventBand]] = [:]

    /// Columns without readings.
    init(columnCount: Int) {
        columns = Array(repeating: PlotColumn(), count: columnCount)
        healthy = columns
    }
}
