/// What healthy sensors report: a pure function of sensor and tick.
struct SignalModel: Sendable {
    let grid: TickGrid
    /// By ``Metric/rawValue``.
    let fits: [MetricFit]
    let shapes: [SignalShape]
    /// Per site: its longitude in days and the key of its weather.
    let sites: [Site]

    struct Site: Sendable {
        /// Solar time runs ahead of UTC by this part of a day.
        var longitudeDays: Double
        /// Per metric, per weather octave.
        var weather: [[LatticeNoise]]
    }

    /// - Throws: ``SignalError`` when a metric's moments cannot be had inside its bounds.
    init(_ recipe: Recipe, fleet: Fleet) throws(SignalError) {
        grid = recipe.grid
        let shapes = Metric.allCases.map(SignalShape.shape)
        self.shapes = shapes
        var fits: [MetricFit] = []
        for metric in Metric.allCases {
            let (parameters, shape) = (recipe.normal[metric.rawValue], shapes[metric.rawValue])
            fits.append(try MetricFit(parameters, metric: metric, shape: shape))
        }
        self.fits = fits
        let root = RandomKey(seed: recipe.seed).derived("weather")
        sites = fleet.sites.map { place in
            let key = root.derived(fromText: place.name)
                .derived("latitude", UInt64(bitPattern: place.latitude?.count ?? 0))
                .derived("longitude", UInt64(bitPattern: place.longitude?.count ?? 0))
            return Site(
                longitudeDays: (place.longitude?.double ?? 0) / 360,
                weather: Metric.allCases.map { metric in
                    let metricKey = key.derived(fromText: metric.name)
                    return Octave.weather.indices.map { LatticeNoise(metricKey.derived("octave", UInt64($0))) }
                }
            )
        }
    }
}
