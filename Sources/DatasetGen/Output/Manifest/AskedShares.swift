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

    /// Expected share of anomalous readings of several makes, by their numbers of sensors.
    func share(where isIncluded: (AnomalyProfile) -> Bool = { _ in true }) -> Double {
        average(where: isIncluded, part: { _ in 1 })
    }

    /// Expected share of the readings of a type among all readings.
    func share(of type: AnomalyType) -> Double {
        let types = plan.recipe.anomalies.types
        guard let index = types.firstIndex(where: { $0.type == type }) else { return 0 }
        return average(where: { _ in true }, part: { $0.typeShares(of: types)[index] })
    }

    private func average(
        where isIncluded: (AnomalyProfile) -> Bool,
        part: (AnomalyProfile) -> Double
    ) -> Double {
        let makes = plan.fleet.profiles
        var sensors = [Int](repeating: 0, count: makes.count)
        for sensor in plan.fleet.sensors { sensors[sensor.core.profile] += 1 }
        var (sum, count) = (0.0, 0)
        for index in makes.indices where isIncluded(makes[index]) {
            sum += Double(sensors[index]) * share(ofProfile: index) * part(makes[index])
            count += sensors[index]
        }
        return count == 0 ? 0 : sum / Double(count)
    }
}
