/// How sensors of one kind turn the weather of their site into readings.
///
/// A class, as a copy would count references to each of its lists, for each sensor and on all cores at once.
final class KindModel: Sendable {
    /// How one metric's standardised signal is composed: standard deviations whose squares add up to 1, and under
    /// `climate: city` the same in the metric's unit.
    struct Composition: Sendable {
        /// Of the site's weather; 1 under `climate: city`, whose weather has its own size.
        var site = 1.0
        /// Of the sensor's surroundings.
        var local = 0.0
        /// Of what goes on for hours where the sensor stands.
        var neighbourhood = 0.0
        /// Between specimens.
        var offset = 0.0
        /// Of a specimen over the years.
        var ageing = 0.0
        /// Of the supply's wander.
        var wander = 0.0
    }

    let climate: Climate
    let supply: PowerSupply
    /// Nil for supplies that do not discharge.
    let curve: SupplyCurve?
    /// By ``StandardMetric/rawValue``.
    let specifications: [PartSpecification]
    let compositions: [Composition]
    /// By ``StandardMetric/rawValue``; nil where the metric has its own size.
    let fits: [MetricFit?]
    /// White noise in steps, by ``StandardMetric/rawValue``.
    let noise: SIMD4<Double>
    /// One step in the metric's unit, by ``StandardMetric/rawValue``.
    let units: SIMD4<Double>
    /// Units of 10⁻ᵈ in one step.
    let steps: [Int32]
    /// The largest deviate of white noise.
    let noiseBound: Double
    /// The steps of humidity between which its readings lie before noise, under `climate: city`.
    let humidity: (lowest: Double, range: Double)
    /// What changes within minutes, in the second edition of the cities' climate.
    let fine: FineSizes
    /// How late a sensor is, in knots.
    let lags: SIMD4<Double>

    /// - Throws: ``SignalError`` when a metric's moments cannot be had inside its bounds.
    init(_ kind: SensorKind) throws(SignalError) {
        climate = kind.climate
        supply = kind.supply
        curve = SupplyCurve(kind.supply)
        let noiseBound = climate == .cityV2 ? TailedNormal.bound : BoundedNormal.bound
        self.noiseBound = noiseBound
        let specifications = StandardMetric.allCases.map { kind.part.specification(of: $0) }
        self.specifications = specifications
        var compositions: [Composition] = []
        var fits: [MetricFit?] = []
        var noise = SIMD4<Double>()
        for metric in StandardMetric.allCases {
            let specification = specifications[metric.rawValue]
            let resolution = kind.standardResolutions[metric.rawValue]
            let followsParameters =
                metric == .voltage ? kind.supply == .mains : kind.climate == .normalParameters
            guard followsParameters else {
                compositions.append(Self.absolute(metric, specification, kind.climate))
                fits.append(nil)
                noise[metric.rawValue] = specification.noise / resolution.value
                continue
            }
            let parameters = kind.normal[metric.rawValue]
            let composition = Self.standard(metric, specification, deviation: parameters.standardDeviation)
            let fit = try MetricFit(
                parameters,
                metric: metric,
                resolution: resolution,
                noise: specification.noise,
                noiseBound: noiseBound,
                cycleShare: composition.site * composition.site * Self.cycleShare(of: metric)
            )
            compositions.append(composition)
            fits.append(fit)
            noise[metric.rawValue] = fit.noise
        }
        self.compositions = compositions
        self.fits = fits
        self.noise = noise
        let units = SIMD4(kind.standardResolutions.map(\.value))
        self.units = units
        // The noise of a reading never takes it beyond 0 or the last step up to 100 %.
        let margin = noiseBound * noise.y
        humidity = (margin, (100 / units.y + 1e-9).rounded(.down) - 2 * margin)
        fine = FineSizes(
            surroundings: SIMD4((0..<4).map { fits[$0] == nil ? compositions[$0].local : 0 }) / units,
            lags: SIMD4(specifications.map(\.lag)),
            humidity: humidity
        )
        steps = kind.standardResolutions.map(\.step)
        lags = SIMD4(specifications.map { min(1, $0.lag * 1_000_000 / Double(Knot.spacing)) })
    }

    /// The daily cycle's share of the site's part.
    private static func cycleShare(of metric: StandardMetric) -> Double {
        switch metric {
        case .temperature, .humidity: StandardShares.day * StandardShares.day
        // The tide is too small to matter to the fit; the load's sine is near enough to normal in the sum.
        case .pressure, .voltage: 0
        }
    }

    private static func standard(
        _ metric: StandardMetric,
        _ specification: PartSpecification,
        deviation: Double
    ) -> Composition {
        // A recipe may ask for less variance than specimens differ by: a fifth of its deviation at most is theirs.
        func part(_ size: Double) -> Double { deviation > 0 ? min(size / deviation, 0.2) : 0 }
        var composition = Composition()
        composition.offset = part(specification.offset)
        composition.ageing = part(specification.drift)
        switch metric {
        case .temperature: composition.local = 0.17
        case .humidity: composition.local = 0.25
        case .pressure: composition.local = 0.01
        case .voltage: (composition.local, composition.wander) = (0.3, 0.7)
        }
        let rest =
            1 - composition.offset * composition.offset - composition.ageing * composition.ageing
            - composition.local * composition.local - composition.wander * composition.wander
        composition.site = rest.squareRoot()
        return composition
    }

    private static func absolute(
        _ metric: StandardMetric,
        _ specification: PartSpecification,
        _ climate: Climate
    ) -> Composition {
        var composition = Composition(offset: specification.offset, ageing: specification.drift)
        switch metric {
        case .temperature: composition.local = 0.17
        case .humidity: composition.local = 0.8
        case .pressure: composition.local = 0.05
        case .voltage: (composition.local, composition.wander) = (0.01, 0.005)
        }
        guard climate == .cityV2 else { return composition }
        // Two sensors a few kilometres apart: stations 25 to 33 km apart differ by about twice as much within hours.
        switch metric {
        case .temperature: composition.neighbourhood = 0.5
        case .humidity: composition.neighbourhood = 2
        case .pressure: composition.neighbourhood = 0.12
        case .voltage: break
        }
        return composition
    }
}
