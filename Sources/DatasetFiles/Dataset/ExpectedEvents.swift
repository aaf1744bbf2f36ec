package import DatasetGen

/// How many anomaly events a plan has on average over seeds.
package enum ExpectedEvents {
    /// The number of events: of each type, its share of the readings divided by its mean length; and those of incidents.
    package static func count(_ plan: GenerationPlan) -> Double {
        let shares = AskedShares(plan)
        var sensors = [Int](repeating: 0, count: plan.fleet.profiles.count)
        for sensor in plan.fleet.cores { sensors[sensor.profile] += 1 }
        var count = plan.anomalies.incidents.expectedEvents(plan)
        for profile in plan.fleet.profiles.indices {
            let all = shares.readings(ofProfile: profile, sensors: sensors[profile])
            let readings = all * shares.share(ofProfile: profile)
            for type in plan.anomalyTypes {
                guard let lengths = plan.anomalies.lengths(of: type, profile: profile) else { continue }
                count += readings * shares.part(ofProfile: profile, type) / lengths.mean
            }
        }
        return count
    }
}
