/// The sensors of a recipe, derived from it and its seed alone.
///
/// Everything about a sensor is keyed by (group, index in the group), so that a larger fleet keeps the smaller one's
/// sensors.
public struct Fleet: Sendable {
    /// The sensors, group by group.
    public let sensors: [Sensor]
    /// What the sensors' readings depend on, by ``Sensor/index``.
    package var cores: LazyMapCollection<[Sensor], SensorCore> { sensors.lazy.map { $0.core } }
    /// The distinct makes of devices; ``SensorCore`` refers to them by index.
    public let profiles: [AnomalyProfile]
    /// The distinct kinds of sensors; ``SensorCore`` refers to them by index.
    package let kinds: [SensorKind]
    /// The distinct places whose weather sensors share; ``SensorCore`` refers to them by index.
    let sites: [SensorSite]
    /// The recipe with every city that was drawn or looked up written out: it gives the same fleet without this list.
    public let resolvedRecipe: Recipe
    /// What the user should know: places without coordinates.
    public let notes: [String]

    /// The decimals to which every sensor's readings of a metric can be brought without loss.
    public func decimals(of metric: Metric) -> Int {
        kinds.filter { $0.metrics.contains(MetricSet(metric)) }
            .map { $0.resolutions[metric.rawValue].decimals }.max() ?? 0
    }

    /// How many sensors measure each metric of a schema, by ``MetricDescription/index``.
    package func measuringSensors(_ schema: MetricSchema) -> [Int] {
        var sensorsOfKind = [Int](repeating: 0, count: kinds.count)
        for sensor in cores { sensorsOfKind[sensor.kind] += 1 }
        return schema.all.map { metric in
            zip(kinds, sensorsOfKind).reduce(0) { $1.0.metrics.contains(MetricSet(metric)) ? $0 + $1.1 : $0 }
        }
    }

    /// Derives the sensors.
    ///
    /// - Throws: ``FleetError`` when filters leave too few cities.
    public init(_ recipe: Recipe) throws(FleetError) {
        var builder = FleetBuilder(recipe)
        for index in recipe.groups.indices {
            try builder.addGroup(index)
        }
        sensors = builder.sensors
        profiles = builder.profiles
        kinds = builder.kinds
        sites = builder.sites
        resolvedRecipe = builder.resolved
        notes = builder.notes
    }
}

/// Why a fleet cannot be made from a valid recipe.
public enum FleetError: Error, Hashable, CustomStringConvertible {
    /// The filters of `random_location` leave fewer cities than asked for.
    case tooFewCities(group: Int, asked: Int, available: Int)
    /// The filters of `random_location` leave no city.
    case noCity(group: Int)
    /// The groups together draw more cities than a recipe can hold.
    case tooManyCities(group: Int, atMost: Int)
    /// A filter of `random_location` names what is no country.
    case unknownCountry(String, key: String, group: Int, suggestion: String?)

    /// The keys of the recipe one of which has to change, first that which is to blame if it is stated.
    public var keyPaths: [String] {
        switch self {
        case .tooFewCities(let group, _, _), .tooManyCities(let group, _):
            ["city_count", "number_of_cities"].map { "fleet.\(group).random_location.\($0)" }
                + ["random_location.city_count", "random_location.number_of_cities"]
        case .unknownCountry(_, let key, let group, _):
            ["fleet.\(group).random_location.\(key)", "random_location.\(key)"]
        case .noCity(let group):
            ["fleet.\(group).random_location", "random_location"]
        }
    }

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .tooFewCities(_, let asked, let available):
            "\(asked.grouped) \(asked == 1 ? "city is" : "cities are") asked for, but only \(available.grouped) \(available == 1 ? "is" : "are") available "
                + "under the filters given"
        case .unknownCountry(let name, _, _, let suggestion):
            "\(name.excerpt): no country of the list" + (suggestion.map { "; did you mean \($0)?" } ?? "")
        case .noCity: "no city is left under the filters given"
        case .tooManyCities(_, let most): "the groups draw more than \(most.grouped) cities together"
        }
    }
}

extension Fleet {
    /// The place whose weather the sensors of a site have.
    package func place(ofSite site: Int) -> Place { sites[site].place }

    /// How many places there are.
    package var placeCount: Int { Set(sites.map(\.place)).count }
}
