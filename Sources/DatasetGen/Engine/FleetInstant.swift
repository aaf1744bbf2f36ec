/// What all sensors of a fleet report of one metric at an instant, by ``Sensor/index``.
public struct FleetInstant: Hashable, Sendable {
    /// The instant.
    public var time: SimulatedTime
    /// Per sensor: the value in the metric's unit, of a state the number of its text; NaN where there is none.
    public var values: [Double]
    /// Per sensor: the label's ``AnomalyType/rawValue``, 0 if normal, ``silent`` if it does not report.
    public var labels: [UInt8]

    /// Stands in ``labels`` for a sensor that has no reading at the instant.
    public static let silent: UInt8 = 0xff

    /// An instant at which nobody reports.
    public init(time: SimulatedTime, sensorCount: Int) {
        self.time = time
        values = Array(repeating: .nan, count: sensorCount)
        labels = Array(repeating: Self.silent, count: sensorCount)
    }
}
