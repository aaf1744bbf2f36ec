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
    ///
    /// All lengths in the range are equally likely. For missing data a single length is the mean of a heavy-tailed
    /// distribution.
    public var duration: ClosedRange<Int64>?
    /// Missing data: no event is longer, in microseconds; nil for ten times the mean.
    public var maximumDuration: Int64?
    /// How hard the events are to find, where ``magnitude`` does not say how large they are.
    public var difficulty: DifficultyMix
    /// Size of the effect in multiples of the sensor's own noise; nil to follow ``difficulty``.
    public var magnitude: ClosedRange<Double>?
    /// The metrics that may be affected.
    public var metrics: [Metric]
    /// How the effect goes over the duration; one is drawn per event.
    public var shapes: [AnomalyShape]
    /// Multiplies the size of the effect; 1 by default.
    public var severityFactor: Double
    /// Trend: the largest drift as a share of `max` − `min`; nil to follow magnitude or difficulty.
    public var rateChange: Double?
    /// Pattern: oscillations per second; nil for three per event.
    public var frequency: Double?
    /// Noise: standard deviation of the added noise, in standard deviations of the metric; nil as for ``rateChange``.
    public var noiseMultiplier: Double?
    /// Missing data: what becomes of the row; one is drawn per event.
    public var missingModes: [MissingMode]
}

/// What becomes of a row of a `missing_data` event.
public enum MissingMode: String, CaseIterable, Sendable {
    /// The row stays, its metrics are NULL.
    case blank
    /// There is no row; the numbers of the rows have a gap.
    case omit
    /// The row repeats the values that the sensor reported shortly before.
    case stuck
    /// The row holds values that stand for "no answer", such as −127 °C.
    case sentinel
    /// The row holds values at an end of the part's range.
    case rail

    /// Whether the row has no values.
    public var hasNoValues: Bool { self == .blank || self == .omit }
}
