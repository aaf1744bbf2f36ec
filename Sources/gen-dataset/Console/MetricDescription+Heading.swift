import DatasetGen

extension MetricDescription {
    /// `co2 (ppm)`; without a unit the name alone.
    var nameWithUnit: String { unit.isEmpty ? name : "\(name) (\(unit))" }
}
