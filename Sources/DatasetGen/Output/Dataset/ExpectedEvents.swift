/// How many anomaly events a plan has on average over seeds.
enum ExpectedEvents {
    /// The number of events: of each type, its share of the readings divided by its mean length.
    static func count(_ plan: GenerationPlan) -> Double {
        let shares = AskedShares(plan)
        let types = plan.recipe.anomalies.types
        var sensors = [Int](repeating: 0, count: plan.fleet.profiles.count)
        for sensor in plan.fleet.cores { sensors[sensor.profile] += 1 }
        var count = 0.0
        for (profile, make) in plan.fleet.profiles.enumerated() {
            let readings = Double(sensors[profile]) * Double(plan.rows.tickCount) * shares.share(ofProfile: profile)
            for (parameters, part) in zip(types, make.typeShares(of: types)) {
                guard let lengths = plan.anomalies.lengths(of: parameters.type, profile: profile) else { continue }
                count += readings * part / lengths.mean
            }
        }
        return count
    }
}
