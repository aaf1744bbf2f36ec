/// Sensors of a fleet, evenly spread and at most 200, so that windows over readings take a bounded memory.
struct SensorSample {
    /// The most sensors that are sampled.
    static let limit = 200
    /// The sensors' indices in the fleet, rising.
    let sensors: [Int]
    /// Per sensor of the fleet: its index in ``sensors``; −1 if it is not in the sample.
    let slots: [Int]

    init(sensorCount: Int) {
        let count = min(sensorCount, Self.limit)
        sensors = (0..<count).map { $0 * sensorCount / count }
        var slots = [Int](repeating: -1, count: sensorCount)
        for (slot, sensor) in sensors.enumerated() { slots[sensor] = slot }
        self.slots = slots
    }
}
