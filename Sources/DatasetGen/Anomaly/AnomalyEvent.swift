/// One anomaly of one sensor: an interval of ticks, all of whose readings carry its label.
///
/// Events of a sensor neither overlap nor touch: at least one normal reading lies between two of them.
public struct AnomalyEvent: Hashable, Sendable {
    /// The sensor's index in the fleet.
    public var sensor: Int
    /// What kind of failure it is.
    public var type: AnomalyType
    /// What becomes of the rows; nil unless the type is ``AnomalyType/missingData``.
    public var mode: MissingMode?
    /// The metrics that it changes.
    public var metrics: MetricSet
    /// The ticks that it lasts, cut to the run; never empty.
    public var ticks: Range<Int64>
    /// Whether the start or the end of the run cuts it.
    public var isTruncated: Bool
    /// The largest change of the first of ``metrics``, in its unit, before rounding; nil for missing data.
    public var magnitude: FixedPoint?
    /// The largest change of any metric over the standard deviation of the healthy sensor's noise; nil for missing data.
    public var peakSNR: FixedPoint?
    /// The largest difference of its readings from the healthy ones, of the first of ``metrics``, in its unit; nil for missing
    /// data, where that metric has no reading, and unless the recipe asks for it.
    public var realisedMagnitude: FixedPoint?
    /// The largest such difference of any metric over the standard deviation of the healthy sensor's noise; nil for missing
    /// data, and unless the recipe asks for it.
    public var realisedPeakSNR: FixedPoint?
    /// How hard it is to tell from noise; nil for missing data.
    public var difficulty: Difficulty?
    /// Which way the values move; nil where both or none.
    public var direction: Direction?
    /// The incident that it is of; nil for one of the sensor's own.
    public var incident: IncidentReference?

    /// A direction of change.
    public enum Direction: String, Sendable {
        /// Values rise.
        case up
        /// Values fall.
        case down
    }
}
