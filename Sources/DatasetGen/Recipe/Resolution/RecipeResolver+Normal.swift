extension MetricParameters {
    /// A metric's healthy behaviour where a recipe states nothing.
    static func `default`(for metric: StandardMetric) -> MetricParameters {
        switch metric {
        case .temperature: MetricParameters(22, 2, in: 15...30)
        case .humidity: MetricParameters(65, 5, in: 30...90)
        case .pressure: MetricParameters(1_013, 10, in: 990...1_040)
        case .voltage: MetricParameters(12, 0.25, in: 11...13)
        }
    }

    private init(
        _ mean: Double,
        _ standardDeviation: Double,
        in bounds: ClosedRange<Double>
    ) {
        self.init(
            mean: mean,
            standardDeviation: standardDeviation,
            minimum: bounds.lowerBound,
            maximum: bounds.upperBound,
            resolution: nil
        )
    }
}

extension RecipeResolver {
    /// Healthy behaviour of a metric.
    mutating func metricParameters(of metric: StandardMetric) -> MetricParameters {
        section.normal?.value[metric].map { metricParameters(of: metric, statedAs: $0) } ?? .default(for: metric)
    }

    /// Healthy behaviour of a metric of which something is stated.
    mutating func metricParameters(
        of metric: StandardMetric,
        statedAs statement: Stated<MetricSection>
    ) -> MetricParameters {
        var parameters = MetricParameters.default(for: metric)
        let path = statement.keyPath
        let stated = statement.value
        parameters.mean = stated.mean?.value ?? parameters.mean
        parameters.standardDeviation = stated.standardDeviation?.value ?? parameters.standardDeviation
        parameters.resolution = stated.resolution?.value ?? parameters.resolution
        if stated.mean != nil || stated.standardDeviation != nil {
            let reach = 4 * parameters.standardDeviation
            parameters.minimum = max(metric.physicalLimits.lowerBound, parameters.mean - reach)
            parameters.maximum = min(metric.physicalLimits.upperBound, parameters.mean + reach)
        }
        parameters.minimum = stated.minimum?.value ?? parameters.minimum
        parameters.maximum = stated.maximum?.value ?? parameters.maximum
        if decoder.isSound(path) { check(parameters, of: metric, statedAs: statement) }
        return parameters
    }

    private mutating func check(
        _ parameters: MetricParameters,
        of metric: StandardMetric,
        statedAs statement: Stated<MetricSection>
    ) {
        let stated = statement.value
        let (mean, low, high) = (parameters.mean, parameters.minimum, parameters.maximum)
        let isConstant = parameters.standardDeviation == 0
        if let minimum = stated.minimum, stated.maximum != nil, isConstant ? low > high : low >= high {
            decoder.report("min \(low.plainText) is not below max \(high.plainText)", about: minimum)
            return
        }
        guard isConstant ? low <= mean : low < mean else {
            let message = "mean \(mean.plainText) is not above min \(low.plainText)"
            decoder.report(message, about: stated.mean ?? stated.minimum ?? statement.map { _ in mean })
            return
        }
        guard isConstant ? mean <= high : mean < high else {
            let message = "mean \(mean.plainText) is not below max \(high.plainText)"
            decoder.report(message, about: stated.mean ?? stated.maximum ?? statement.map { _ in mean })
            return
        }
        guard let resolution = stated.resolution else { return }
        let steps = resolution.value.wholeSteps(from: low, to: high)
        if !isConstant, steps < 3 {
            decoder.report(
                "only \(steps) multiples of the resolution \(resolution.value.text) lie between min "
                    + "\(low.plainText) and max \(high.plainText); at least 3 are needed",
                about: resolution
            )
        }
        // Readings are 32-bit counts of 10⁻ᵈ; anomalies may drive them to the physical limits.
        let limits = metric.physicalLimits
        let reach = max(-limits.lowerBound, limits.upperBound) * resolution.value.countsPerUnit
        if reach > Double(Int32.max) {
            decoder.report(
                "\(resolution.value.text) is too fine for \(metric.name): readings up to \(limits.upperBound.plainText) "
                    + "\(metric.unit) are counted in 32 bits",
                about: resolution
            )
        }
    }
}

extension RecipeResolver {
    /// Tells of a mean that is possible, but likelier in another unit: no weather has the pressure of 50 hPa.
    mutating func noteDoubtfulUnits() {
        guard section.dataset?.value.isResolved?.value != true,
            let mean = section.normal?.value.pressure?.value.mean, mean.value > 0, mean.value <= 50
        else { return }
        let text = mean.value.plainText
        notes.append(
            "\(mean.keyPath) is in hPa; \(text) looks like bar, which is \((mean.value * 1_000).plainText) hPa"
        )
    }

    /// Notes statements that shape no sensor of the fleet: nothing is silently ignored.
    ///
    /// A resolved recipe states everything, whether it counts or not.
    mutating func noteUnusedNormalParameters(of recipe: Recipe) {
        guard section.dataset?.value.isResolved?.value != true, let normal = section.normal?.value else { return }
        for metric in StandardMetric.allCases {
            guard let stated = normal[metric]?.value, stated.statesMomentsOrBounds else { continue }
            let key = "normal_parameters.\(metric.name)"
            if metric == .voltage {
                if recipe.groups.allSatisfy({ $0.supply != .mains }) {
                    notes.append("\(key) concerns sensors on mains, and there are none: only its resolution counts")
                }
            } else if recipe.climate.isCity {
                notes.append("climate: city takes the place of \(key): only its resolution counts")
            }
        }
    }
}

extension MetricSection {
    fileprivate var statesMomentsOrBounds: Bool {
        mean != nil || standardDeviation != nil || minimum != nil || maximum != nil
    }
}

extension Resolution {
    /// How many multiples of the step lie in a range.
    fileprivate func wholeSteps(from low: Double, to high: Double) -> Int {
        // A bound such as 0.3 is a multiple of 0.1 although the quotient of the doubles is 2.9999999999999996.
        let tolerance = 1e-9
        let first = (low / value - tolerance).rounded(.up)
        let last = (high / value + tolerance).rounded(.down)
        return last >= first ? Int(min(last - first, 1e9)) + 1 : 0
    }
}
