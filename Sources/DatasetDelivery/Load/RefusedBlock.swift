package import DatasetGen

/// A block that a target has refused for good, while others went on.
package struct RefusedBlock: Sendable {
    /// Its number, from 0, in the order in which blocks are sent.
    package let block: Int64
    /// Readings in it, omitted ones included.
    package let readings: Int
    /// The sensors of its first and of its last reading.
    package let (firstSensor, lastSensor): (String, String)
    /// The times of its first and of its last reading.
    package let (firstTime, lastTime): (SimulatedTime, SimulatedTime)
    /// What the target says.
    package let reason: String

    init(_ block: Int64, of plan: GenerationPlan, reason: String) {
        let positions = plan.positions(ofBlocks: block..<block + 1)
        var sensors = [Int32](repeating: 0, count: positions.count)
        var times = [Int64](repeating: 0, count: positions.count)
        plan.fill(&sensors, &times, at: positions)
        let (first, last) = (Int(sensors.first ?? 0), Int(sensors.last ?? 0))
        (self.block, self.reason, readings) = (block, reason, positions.count)
        (firstSensor, lastSensor) = (plan.fleet.sensors[first].id, plan.fleet.sensors[last].id)
        (firstTime, lastTime) = (
            SimulatedTime(microseconds: times.first ?? 0), SimulatedTime(microseconds: times.last ?? 0)
        )
    }

    /// What is told of it, on one line.
    package var json: JSONValue {
        [
            "block": .integer(block), "readings": .integer(Int64(readings)),
            "first_time": .string(firstTime.zonedText), "last_time": .string(lastTime.zonedText),
            "first_sensor": .string(firstSensor), "last_sensor": .string(lastSensor), "error": .string(reason),
        ]
    }
}
