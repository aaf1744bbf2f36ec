package import DatasetGen

/// The shares of anomalous readings that a recipe asks for, averaged over the run where phases change them.
package struct AskedShares {
    private let plan: GenerationPlan

    package init(_ plan: GenerationPlan) {
        self.plan = plan
    }

    /// Expected share of anomalous readings of a make of device.
    package func share(ofProfile profile: Int) -> Double {
        let make = plan.fleet.profiles[profile]
        let anomalies = plan.recipe.anomalies(of: make)
        let grid = plan.recipe.grid.every(make.step)
        guard anomalies.isEnabled, grid.tickCount > 0 else { return 0 }
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

    /// Expected part of a type in the anomalous readings of a make of device.
    package func part(ofProfile profile: Int, _ type: AnomalyType) -> Double {
        let make = plan.fleet.profiles[profile]
        let types = plan.recipe.anomalies(of: make).types
        guard let index = types.firstIndex(where: { $0.type == type }) else { return 0 }
        return make.typeShares(of: types)[index]
    }

    /// Readings of a make's sensors together, omitted ones included.
    package func readings(ofProfile profile: Int, sensors: Int) -> Double {
        if plan.recipe.recording != nil { return Double(plan.rows.count) }
        return Double(sensors) * Double(plan.recipe.grid.every(plan.fleet.profiles[profile].step).tickCount)
    }

    /// Expected share of anomalous readings of the fleet, by the numbers of readings of its makes.
    package func share() -> Double { average { _ in 1 } }

    /// Expected shares of anomalous readings of the makes that have a property in common, by what they have in common.
    ///
    /// - Complexity: O(sensors + makes); makes may be as many as a recipe has groups.
    func shares(by property: (AnomalyProfile) -> String) -> [String: Double] {
        var sums: [String: (share: Double, weight: Double)] = [:]
        for (index, (make, weight)) in zip(plan.fleet.profiles, weights()).enumerated() {
            let value = property(make)
            sums[value, default: (0, 0)].share += weight * share(ofProfile: index)
            sums[value, default: (0, 0)].weight += weight
        }
        return sums.mapValues { $0.weight == 0 ? 0 : $0.share / $0.weight }
    }

    /// Expected share of the readings of a type among all readings.
    package func share(of type: AnomalyType) -> Double {
        average { part(ofProfile: $0, type) }
    }

    /// Per make: its sensors, each by how many readings it has of those at all instants.
    private func weights() -> [Double] {
        var sensors = [Int](repeating: 0, count: plan.fleet.profiles.count)
        for sensor in plan.fleet.cores { sensors[sensor.profile] += 1 }
        let grid = plan.recipe.grid
        return zip(sensors, plan.fleet.profiles)
            .map { sensors, make in
                Double(sensors) * (Double(grid.every(make.step).tickCount) / Double(max(1, grid.tickCount)))
            }
    }

    private func average(of part: (Int) -> Double) -> Double {
        var (sum, total) = (0.0, 0.0)
        for (index, weight) in weights().enumerated() {
            sum += weight * share(ofProfile: index) * part(index)
            total += weight
        }
        return total == 0 ? 0 : sum / total
    }
}
