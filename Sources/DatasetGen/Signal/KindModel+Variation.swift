extension KindModel {
    /// By how much a healthy metric typically changes in some seconds, in its unit, noise aside.
    ///
    /// The root of the structure function of the signal's parts: 2σ²(1 − cos ωτ) of a cycle, and for lattice noise of
    /// period P, whose autocorrelation begins as 1 − 1.48 (τ/P)², 2σ² min(1, 1.48 (τ/P)²).
    func typicalChange(of metric: StandardMetric, in seconds: Double) -> Double {
        var square = 0.0
        func add(_ group: Octave.Group, _ deviation: Double) {
            for (days, share) in zip(group.periods, group.shares) {
                let part = seconds / (days * 86_400)
                square += 2 * share * deviation * deviation * min(1, 1.48 * part * part)
            }
        }
        /// Variances by periods in hours, in the metric's unit.
        func add(_ octaves: [(hours: Double, variance: Double)]) {
            for octave in octaves {
                let part = seconds / (octave.hours * 3_600)
                square += 2 * octave.variance * min(1, 1.48 * part * part)
            }
        }
        func addDay(_ deviation: Double) {
            let turns = seconds / 86_400
            square += 2 * deviation * deviation * (turns < 0.5 ? 1 - Elementary.cosine(turns: turns) : 2)
        }
        let composition = compositions[metric.rawValue]
        let unit = fits[metric.rawValue].map { $0.scale * units[metric.rawValue] } ?? 1
        // Under `climate: city`, typical of middle latitudes.
        let (cycle, weather) =
            switch (metric, fits[metric.rawValue] == nil) {
            case (.temperature, false), (.humidity, false): (StandardShares.day, StandardShares.weather)
            case (.pressure, false): (0, 1)
            case (.voltage, false): (1, 0)
            case (.temperature, true): (3, 3.5)
            case (.humidity, true): (13, 10)
            case (.pressure, true): (0, 7)
            case (.voltage, true): (supply == .solar ? 0.4 : 0, 0.0)
            }
        add(Octave.surroundings, composition.local * unit)
        add(Octave.supply, composition.wander * unit)
        addDay(cycle * composition.site * unit)
        switch metric {
        case _ where climate == .cityV2 && fits[metric.rawValue] == nil:
            add(Self.typicalWeather(of: metric))
            add([(6, composition.neighbourhood * composition.neighbourhood)])
            add(
                FineSizes.octaves.map { octave in
                    let share = FineSizes.seen(octave, lag: specifications[metric.rawValue].lag)
                    return (octave.seconds / 3_600, share * composition.local * composition.local)
                }
            )
        case .temperature: add(Octave.temperature, weather * composition.site * unit)
        case .humidity: add(Octave.moisture, weather * composition.site * unit)
        case .pressure: add(Octave.pressure, weather * composition.site * unit)
        case .voltage: break
        }
        // A cosine that is rounded to more than 1, as those of milliseconds are, leaves a difference below zero.
        return max(0, square).squareRoot()
    }

    /// Weather of the second edition in the middle latitudes, in °C², (%RH)² and hPa², by periods in hours.
    private static func typicalWeather(of metric: StandardMetric) -> [(hours: Double, variance: Double)] {
        switch metric {
        case .temperature: [(36, 14), (8.3, 0.75), (4.6, 0.25), (2.5, 0.24), (1.4, 0.08), (0.8, 0.13)]
        // A kelvin of dew point is some 4 % of humidity.
        case .humidity: [(36, 150), (10, 33), (4.4, 8.5), (2.5, 5.5), (1.4, 2.2), (0.8, 3.5)]
        case .pressure: [(36, 42), (8.7, 0.235), (4.6, 0.07), (2.5, 0.05), (1.4, 0.02), (0.8, 0.025)]
        case .voltage: []
        }
    }
}
