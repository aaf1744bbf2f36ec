public import DatasetGen

/// What the monitoring server asks of a run; it knows nothing else of how readings come about.
///
/// Nothing here may hold up generation: ``status()`` reads counters, and the other calls cost what their answer costs,
/// whatever the size of the fleet. The server asks for the status at most five times a second and for the database's
/// statistics at most every two seconds, however many clients there are.
public protocol MonitoredRun: Sendable {
    /// Counters, rates and health as they are now. Must not wait for anything.
    func status() -> RunStatus

    /// The newest readings, oldest first: of one sensor, or of the whole fleet if `sensor` is nil.
    ///
    /// Nil if the run has no such sensor.
    func recentReadings(sensor: String?, limit: Int) async -> [MonitoredReading]?

    /// The newest reading of each sensor that has one, in the fleet's order.
    ///
    /// The server asks at most once a second, and only while ``MonitoringConfiguration/readingSeriesLimit`` allows it.
    func currentReadings() async -> [MonitoredReading]

    /// Sensors whose id contains a text; ``SensorIndex`` does it for a list of ids.
    func sensors(matching text: String, limit: Int) async -> SensorMatches

    /// What all sensors report of a metric at some instants, in the order of these; fewer where the run cannot tell.
    ///
    /// The server asks for a bounded number of readings at a time, and gives the machine three times as long to itself
    /// afterwards as the answer took.
    func fleet(_ metric: Metric, at times: [SimulatedTime]) async -> [FleetInstant]

    /// The ids of sensors at some places of the fleet, in the order of these.
    func sensorIDs(at places: [Int]) async -> [String]

    /// A stretch of a sensor's readings; nil if the run has no such sensor.
    func history(of sensor: String, _ request: HistoryRequest) async -> SensorHistory?

    /// What is known of the database, or nil for a run that has none.
    func databaseStatistics() async -> DatabaseStatistics?
}

extension MonitoredRun {
    /// A run without a database.
    public func databaseStatistics() async -> DatabaseStatistics? { nil }
}
