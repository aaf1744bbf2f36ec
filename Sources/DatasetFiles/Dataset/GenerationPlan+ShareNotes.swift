import DatasetGen

extension GenerationPlan {
    /// Fewer events than this hardly show the share that they are to have.
    private static let fewEvents = 5.0

    /// What the run is too short for: types whose share a handful of events decides, or none.
    ///
    /// A share is an expected value. A type whose events last for minutes has none in most runs of a minute, or one that
    /// fills it.
    ///
    /// - Parameter sensorScale: sensors of the fleet for each one of this plan.
    /// - Returns: a line, or none.
    func shareNotes(sensorScale: Double) -> [String] {
        let types = scarceTypes(sensorScale)
        guard !types.isEmpty else { return [] }
        let names = types.map(\.name).joined(separator: ", ")
        return [
            "the run is too short for the share of \(names): fewer than \(Int(Self.fewEvents)) events of "
                + (types.count == 1 ? "it are expected" : "each are expected")
        ]
    }

    /// The types that the recipe asks for and of which few events are expected.
    private func scarceTypes(_ sensorScale: Double) -> [AnomalyType] {
        let (types, shares) = (anomalyTypes, AskedShares(self))
        guard rows.tickCount > 0 else { return [] }
        var sensors = [Int](repeating: 0, count: fleet.profiles.count)
        for core in fleet.cores { sensors[core.profile] += 1 }
        var (asked, expected) = (types.map { _ in 0.0 }, types.map { _ in 0.0 })
        for profile in fleet.profiles.indices {
            let readings = shares.readings(ofProfile: profile, sensors: sensors[profile])
            let total = shares.share(ofProfile: profile) * sensorScale * readings
            if total == 0 { continue }
            for (index, type) in types.enumerated() {
                let part = shares.part(ofProfile: profile, type)
                asked[index] += total * part
                guard let lengths = anomalies.lengths(of: type, profile: profile) else { continue }
                expected[index] += total * part / lengths.mean
            }
        }
        return types.indices.filter { asked[$0] > 0 && expected[$0] < Self.fewEvents }.map { types[$0] }
    }
}
