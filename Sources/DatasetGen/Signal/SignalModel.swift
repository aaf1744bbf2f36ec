/// What healthy sensors report: a pure function of sensor and tick.
package struct SignalModel: Sendable {
    private(set) var grid: TickGrid
    /// Per ``Fleet/sites`` entry.
    let sites: [Site]
    /// Per ``Fleet/kinds`` entry.
    let kinds: [KindModel]
    /// Per ``Fleet/kinds`` entry: what sensors measure, and the columns that they leave empty.
    let measured: [(metrics: MetricSet, absent: [Int])]
    /// The standard metrics that are measured, by ``StandardMetric/rawValue``, and their columns.
    let standardColumns: [(metric: Int, column: Int)]
    /// The other metrics; nil where there are none.
    private(set) var declared: DeclaredModels?
    /// The metrics that come from elsewhere; nil where all are the recipe's.
    private(set) var sourced: SourcedMetrics?
    /// The metrics of a recording; nil without one.
    let recorded: RecordedSignal?
    /// What looks like a fault and is none; nil for nothing.
    let phenomena: PhenomenonModel?
    /// Per ``Fleet/kinds`` entry, per column: 10ᵈ of the readings.
    let scales: [[Double]]
    /// How many metrics there are.
    let metricCount: Int
    /// Per ``Fleet/sites`` entry: what the sensors of a place share.
    private let siteKeys: [RandomKey]
    /// What all sensors share.
    private let fleetKey: RandomKey

    /// - Throws: ``SignalError`` when a metric's moments cannot be had inside its bounds, or a place is not known or not in the fleet.
    init(_ recipe: Recipe, fleet: Fleet) throws(SignalError) {
        grid = recipe.grid
        var kinds: [KindModel] = []
        for kind in fleet.kinds { kinds.append(try KindModel(kind)) }
        self.kinds = kinds
        standardColumns = recipe.schema.metrics.compactMap { metric in
            metric.standard.map { ($0.rawValue, metric.index) }
        }
        metricCount = recipe.schema.metrics.count
        scales = fleet.kinds.map { $0.resolutions.map(\.countsPerUnit) }
        recorded = RecordedSignal(recipe)
        phenomena = try PhenomenonModel(recipe, fleet: fleet)
        let isStandard = standardColumns.count == metricCount
        do throws(MetricModelError) {
            declared = isStandard ? nil : try DeclaredModels(recipe.metrics ?? [], on: recipe.grid)
        } catch { throw .metric(error) }
        let hasClimate = recipe.schema.metrics.contains { $0.model == .climate }
        let lost = fleet.sites.first { $0.climate.isCity && $0.place.latitude == nil }
        if hasClimate, let lost { throw .placeUnknown(lost.place.name) }
        let all = recipe.schema.all
        measured = fleet.kinds.map { kind in
            (kind.metrics, all.filter { !kind.metrics.contains(MetricSet($0)) }.map(\.rawValue))
        }
        let root = RandomKey(seed: recipe.seed)
        fleetKey = root.derived("fleet")
        let weatherKey = root.derived("weather")
        siteKeys = fleet.sites.map { $0.place.weatherKey(below: weatherKey) }
        sites = zip(fleet.sites, siteKeys).map { Site($0, key: $1, weatherKey: weatherKey) }
    }

    /// The same signal, some of whose metrics come from elsewhere.
    func with(_ sourced: SourcedMetrics?) -> SignalModel {
        var model = self
        model.sourced = sourced
        return model
    }

    /// The same signal, looked at at other instants.
    func on(_ grid: TickGrid) -> SignalModel {
        if grid == self.grid { return self }
        var model = self
        (model.grid, model.declared) = (grid, declared?.on(grid))
        return model
    }

    /// The keys of a sensor's declared metrics.
    func keys(of sensor: SensorCore) -> MetricKeys {
        MetricKeys(
            sensor: sensor.key,
            city: siteKeys[sensor.site],
            group: sensor.groupKey,
            fleet: fleetKey,
            index: sensor.index
        )
    }
}
