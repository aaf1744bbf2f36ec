/// How often and in which ways sensors fail.
public struct AnomalyParameters: Hashable, Sendable {
    /// Without anomalies the dataset is the healthy twin, cell for cell.
    public var isEnabled: Bool
    /// Expected share of anomalous readings before manufacturer and firmware factors, 0…1.
    public var probability: Double
    /// Later probabilities, by rising offset from the start; ``probability`` holds before the first.
    public var phases: [AnomalyPhase]
    /// The enabled types, in the order of ``AnomalyType``.
    public var types: [AnomalyTypeParameters]
}

/// A probability of anomalies that holds from an offset on.
public struct AnomalyPhase: Hashable, Sendable {
    /// Microseconds from the dataset's start.
    public var offset: Int64
    /// Expected share of anomalous readings from then on, before manufacturer and firmware factors, 0…1.
    public var probability: Double
}

/// One enabled anomaly type.
public struct AnomalyTypeParameters: Hashable, Sendable {
    /// Which type.
    public var type: AnomalyType
    /// Share among the anomalous readings, relative to the other enabled types; positive.
    public var weight: Double
    /// Length of an event in microseconds, rounded to whole ticks; nil for a single reading.
    public var duration: Int64?
    /// Multiplies the size of the effect; 1 by default.
    public var severityFactor: Double
    /// Trend: the largest drift at the end of an event, as a share of `max` − `min`.
    public var rateChange: Double
    /// Pattern: oscillations per second; nil for three per event.
    public var frequency: Double?
    /// Noise: standard deviation of the added noise, in standard deviations of the metric.
    public var noiseMultiplier: Double
    /// Missing data: what becomes of the row; one is drawn per event.
    public var missingModes: [MissingMode]
}

/// What becomes of a row of a `missing_data` event.
public enum MissingMode: String, CaseIterable, Sendable {
    /// The row stays, its metrics are NULL.
    case null
    /// There is no row; the numbers of the rows have a gap.
    case omit
}
