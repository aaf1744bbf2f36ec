/// What healthy sensors report: a pure function of sensor and tick.
struct SignalModel: Sendable {
    let grid: TickGrid
    /// Per ``Fleet/sites`` entry.
    let sites: [Site]
    /// Per ``Fleet/kinds`` entry.
    let kinds: [KindModel]

    /// - Throws: ``SignalError`` when a metric's moments cannot be had inside its bounds, or a place is not known.
    init(_ recipe: Recipe, fleet: Fleet) throws(SignalError) {
        guard recipe.metrics == nil else { throw .metricsDeclared }
        grid = recipe.grid
        var kinds: [KindModel] = []
        for kind in fleet.kinds { kinds.append(try KindModel(kind, recipe: recipe)) }
        self.kinds = kinds
        if recipe.climate == .city, let place = fleet.sites.first(where: { $0.latitude == nil }) {
            throw .placeUnknown(place.name)
        }
        let root = RandomKey(seed: recipe.seed).derived("weather")
        let deviation = recipe.normal[StandardMetric.pressure.rawValue].standardDeviation
        sites = fleet.sites.map { place in
            let key = root.derived(fromText: place.name)
                .derived("latitude", UInt64(bitPattern: place.latitude?.count ?? 0))
                .derived("longitude", UInt64(bitPattern: place.longitude?.count ?? 0))
            return Site(place, key: key, climate: recipe.climate, pressureDeviation: deviation)
        }
    }
}
