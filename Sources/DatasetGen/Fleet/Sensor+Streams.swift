extension Sensor {
    // Every stream of a sensor's random numbers, by number: no two share one, and none may change, since a seed's
    // data would.

    /// White noise of a metric, by tick.
    func noiseKey(of metric: Metric) -> RandomKey {
        key.stream(0x1_0000 | UInt64(metric.rawValue) << 8)
    }

    /// Red noise of a sensor's own surroundings, by lattice cell.
    func surroundingsKey(of metric: Metric, octave: Int) -> RandomKey {
        key.stream(0x1_0000 | UInt64(metric.rawValue) << 8 | UInt64(octave + 1))
    }

    /// When anomalies of a type happen and what they are like, by schedule cell.
    func scheduleKey(of type: AnomalyType) -> RandomKey {
        key.stream(0x2_0000 | UInt64(type.rawValue) << 8)
    }

    /// What an anomaly of a type does to a metric, by tick.
    func effectKey(of type: AnomalyType, _ metric: Metric) -> RandomKey {
        key.stream(0x3_0000 | UInt64(type.rawValue) << 8 | UInt64(metric.rawValue))
    }
}
