/// The shares of anomalous readings that a recipe asks for, averaged over the run where phases change them.
struct AskedShares {
    private let plan: GenerationPlan

    init(_ plan: GenerationPlan) {
        self.plan = plan
    }

    /// Expected share of anomalous readings of a make of device.
    func share(ofProfile profile: Int) -> Double {
        let anomalies = plan.recipe.anomalies
        guard anomalies.isEnabled, plan.rows.tickCount > 0 else { return 0 }
        let make = plan.fleet.profiles[profile]
        let grid = plan.recipe.grid
        var sum = 0.0
        var begin: Int64 = 0
        var probability = anomalies.probability
        for phase in anomalies.phases {
            let end = min(grid.firstTick(atOffset: phase.offset), grid.tickCount)
            sum += Double(end - begin) * make.share(ofProbability: probability)
            (begin, probability) = (end, phase.probability)
        }
        sum += Double(grid.tickCount - begin) * make.share(ofProbability: probability)
        return sum / Double(grid.tickCount)
    }

    /// Expected share of anomalous readings of the fleet, by the numbers of sensors of its makes.
    func share() -> Double { average { _ in 1 } }

    /// Expected shares of anomalous readings of the makes that have a property in common, by what they have in common.
    ///
    /// - Complexity: O(sensors + makes); makes may be as many as a recipe has groups.
    func shares(by property: (AnomalyProfile) -> String) -> [String: Double] {
        var sums: [String: (share: Double, sensors: Int)] = [:]
        for (index, (make, sensors)) in zip(plan.fleet.profiles, sensorCounts()).enumerated() {
            let value = property(make)
            sums[value, default: (0, 0)].share += Double(sensors) * share(ofProfile: index)
            sums[value, default: (0, 0)].sensors += sensors
        }
        return sums.mapValues { $0.sensors == 0 ? 0 : $0.share / Double($0.sensors) }
    }

    /// Expected share of the readings of a type among all readings.
    func share(of type: AnomalyType) -> Double {
        let types = plan.recipe.anomalies.types
        guard let index = types.firstIndex(where: { $0.type == type }) else { return 0 }
        return average { $0.typeShares(of: types)[index] }
    }

    /// Per make.
    private func sensorCounts() -> [Int] {
        var sensors = [Int](repeating: 0, count: plan.fleet.profiles.count)
        for sensor in plan.fleet.sensors { sensors[sensor.core.profile] += 1 }
        return sensors
    }

    private func average(of part: (AnomalyProfile) -> Double) -> Double {
        let (makes, sensors) = (plan.fleet.profiles, sensorCounts())
        var (sum, count) = (0.0, 0)
        for index in makes.indices {
            sum += Double(sensors[index]) * share(ofProfile: index) * part(makes[index])
            count += sensors[index]
        }
        return count == 0 ? 0 : sum / Double(count)
    }
}
