/// Who has the same wander of a metric.
package enum MetricScope: String, CaseIterable, Hashable, Sendable {
    /// No other sensor.
    case sensor
    /// All sensors of a place.
    case city
    /// All sensors of a group of the fleet.
    case group
    /// All sensors.
    case fleet
}

/// The keys from which a sensor's metrics take their random numbers.
package struct MetricKeys: Sendable {
    /// The sensor's own.
    package var sensor: RandomKey
    /// That of its place.
    package var city: RandomKey
    /// That of its group.
    package var group: RandomKey
    /// That of the fleet.
    package var fleet: RandomKey
    /// The sensor's position in the fleet, by which a worker may keep something of it.
    let index: Int

    /// The keys of one sensor.
    package init(sensor: RandomKey, city: RandomKey, group: RandomKey, fleet: RandomKey, index: Int = 0) {
        (self.sensor, self.city, self.group, self.fleet) = (sensor, city, group, fleet)
        self.index = index
    }

    /// The key of a metric, for which all of a scope have the same random numbers.
    @inline(__always)
    func key(of metric: MetricTag, _ scope: MetricScope) -> RandomKey {
        switch scope {
        case .sensor: sensor.stream(metric.bits)
        case .city: city.stream(metric.bits)
        case .group: group.stream(metric.bits)
        case .fleet: fleet.stream(metric.bits)
        }
    }
}

/// The number by which a metric's random numbers are told from others': by its name, so that metrics listed before or
/// after it change nothing.
struct MetricTag: Hashable, Sendable {
    let bits: UInt64

    init(_ name: String) { bits = RandomKey(seed: 0).derived("metric").derived(fromText: name).bits(0) }
}

/// Makes a metric's healthy readings, column by column; the scratch memory of one worker.
///
/// Any range of ticks has the same readings as any other cut of it: nothing is passed along in time.
package protocol MetricSource {
    /// Sets the ticks that the following calls may ask for, and computes what depends on time alone.
    mutating func prepare(ticks: Range<Int64>)

    /// Writes a sensor's counts of 10⁻ᵈ at some of the prepared ticks, from index 0 on.
    mutating func fill(_ sensor: MetricKeys, ticks: Range<Int64>, into column: inout [Int32])
}
