extension GenerationPlan {
    /// The indices of all sensors, or of so many, evenly spread over the fleet.
    package func evenlySpreadSensors(_ limit: Int?) -> [Int] {
        let count = fleet.sensors.count
        guard let limit, limit < count else { return Array(0..<count) }
        return (0..<limit).map { $0 * count / limit }
    }
}
