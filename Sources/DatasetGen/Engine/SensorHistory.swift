/// A stretch of a sensor's readings, as points each of which stands for as many of them.
///
/// No value is lost between two points: each has the least and the greatest of its readings.
public struct SensorHistory: Hashable, Sendable {
    /// Consecutive readings of a metric.
    public struct Summary: Hashable, Sendable {
        /// The least value; of a state the number of its most frequent text.
        public var least: Double
        /// The greatest value; of a state the same as ``least``.
        public var greatest: Double
        /// The mean of the values; of a state the same as ``least``.
        public var mean: Double

        /// A summary of some values.
        public init(least: Double, greatest: Double, mean: Double) {
            (self.least, self.greatest, self.mean) = (least, greatest, mean)
        }
    }

    /// Consecutive readings.
    public struct Point: Hashable, Sendable {
        /// When the first of them was taken.
        public var time: SimulatedTime
        /// By ``Metric/rawValue``; nil where no reading has a value.
        public var metrics: [Summary?]

        /// A point.
        public init(time: SimulatedTime, metrics: [Summary?]) {
            (self.time, self.metrics) = (time, metrics)
        }
    }

    /// Events of one type that change the same metrics, with less than a point between them.
    public struct Events: Hashable, Sendable {
        /// Their type.
        public var type: AnomalyType
        /// The metrics that they change.
        public var metrics: MetricSet
        /// When the first anomalous reading was taken.
        public var first: SimulatedTime
        /// When the last anomalous reading was taken.
        public var last: SimulatedTime
        /// How many events they are.
        public var count: Int
        /// How many readings they have.
        public var readings: Int
        /// The point of the last anomalous reading.
        var lastPoint: Int

        /// Events; `lastPoint` is the point of the last anomalous reading.
        public init(
            type: AnomalyType,
            metrics: MetricSet,
            first: SimulatedTime,
            last: SimulatedTime,
            count: Int,
            readings: Int,
            lastPoint: Int = 0
        ) {
            (self.type, self.metrics, self.first, self.last) = (type, metrics, first, last)
            (self.count, self.readings, self.lastPoint) = (count, readings, lastPoint)
        }
    }

    /// What the readings are of: that of the recipe that they are made by, which may have changed since a status was asked for.
    public var schema: MetricSchema
    /// When the first reading was taken that there is; nil without readings.
    public var begin: SimulatedTime?
    /// When the last reading was taken that there is.
    public var end: SimulatedTime?
    /// Seconds from one reading to the next.
    public var interval: Double
    /// Readings in the stretch.
    public var readings: Int64 = 0
    /// Readings of a point; the last one may have fewer.
    public var readingsPerPoint: Int64 = 1
    /// In order of time; nil where there are more readings than may be asked for at once.
    public var points: [Point]? = []
    /// In order of time.
    public var events: [Events] = []

    /// A history without readings.
    public init(
        of schema: MetricSchema,
        begin: SimulatedTime? = nil,
        end: SimulatedTime? = nil,
        interval: Double
    ) {
        (self.schema, self.begin, self.end, self.interval) = (schema, begin, end, interval)
    }
}

/// Which stretch of a sensor's readings is asked for, and how finely.
public struct HistoryRequest: Hashable, Sendable {
    /// The first instant; nil for as many readings before the end as there are points.
    public var from: SimulatedTime?
    /// The first instant that is not asked for; nil for all up to the last reading.
    public var to: SimulatedTime?
    /// The most points.
    public var points: Int
    /// The most readings.
    public var longest: Int64

    /// A request.
    public init(from: SimulatedTime? = nil, to: SimulatedTime? = nil, points: Int, longest: Int64) {
        (self.from, self.to, self.points, self.longest) = (from, to, points, longest)
    }
}
