extension RecipeResolver {
    /// What a metric tells of a machine's lives.
    mutating func life(
        _ statement: Stated<MetricDeclarationSection>,
        _ resolution: Resolution
    ) -> ModelParameters? {
        let stated = statement.value
        let value = stated.value?.value ?? .remaining
        if let fault = stated.faultAt, value != .state {
            decoder.report("means nothing of \(value.rawValue); it is for value: state", about: fault)
        }
        if let scope = stated.scope, let other = stated.lifeOf {
            decoder.report("the machine is that of \(other.value), which says who shares it", about: scope)
        }
        if let other = stated.lifeOf, stated.life != nil {
            decoder.report("cannot be given together with life", about: other)
        }
        var parameters = MetricDeclaration.LifeParameters(
            life: nil,
            other: stated.lifeOf?.value,
            scope: stated.scope?.value ?? .sensor,
            value: value,
            faultAt: stated.faultAt?.value
        )
        if let life = stated.life?.value {
            guard let mean = life.mean else { return nil }
            let repair = life.repair ?? Stated(0...0)
            if mean.value > Self.longestLife {
                let most = DurationText.text(ofMicroseconds: Self.longestLife)
                decoder.report("longer than \(most), the most that is possible", about: mean)
            }
            if repair.value.upperBound > mean.value {
                decoder.report("longer than a life", about: repair)
            }
            parameters.life = .init(mean: mean.value, shape: life.shape?.value ?? 2, repair: repair.value)
        }
        let states = ["maintenance", "running"] + (parameters.faultAt == nil ? [] : ["fault"])
        return switch value {
        case .remaining, .age, .failures: (.life(parameters), 0...resolution.largest.double, [])
        case .wear: (.life(parameters), 0...1, [])
        case .state: (.life(parameters), 0...Double(states.count - 1), states)
        }
    }

    /// Microseconds of the longest mean life.
    private static let longestLife = 36_600 * SimulatedTime.microsecondsPerDay
}
