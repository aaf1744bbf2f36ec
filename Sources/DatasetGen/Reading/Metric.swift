/// A metric of a dataset, by the number of its column.
///
/// What it is called and measured in says the dataset's ``MetricSchema``.
public struct Metric: RawRepresentable, Hashable, Sendable {
    /// From 0, in the order of the schema.
    public let rawValue: Int

    /// The metric of a column.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Air temperature in °C, where a recipe names no metrics.
    public static let temperature = Metric(.temperature)
    /// Relative humidity in %RH, where a recipe names no metrics.
    public static let humidity = Metric(.humidity)
    /// Air pressure in hPa, where a recipe names no metrics.
    public static let pressure = Metric(.pressure)
    /// Supply voltage in V, where a recipe names no metrics.
    public static let voltage = Metric(.voltage)

    private init(_ metric: StandardMetric) {
        rawValue = metric.rawValue
    }
}
