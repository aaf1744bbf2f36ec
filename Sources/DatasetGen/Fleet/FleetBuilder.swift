/// Collects the sensors of a recipe's groups.
struct FleetBuilder {
    private(set) var resolved: Recipe
    private(set) var sensors: [Sensor] = []
    private(set) var profiles: [AnomalyProfile] = []
    private(set) var kinds: [SensorKind] = []
    private(set) var sites: [SensorSite] = []
    private(set) var notes: [String] = []
    private var siteIndices: [SensorSite: Int] = [:]
    private var profileIndices: [AnomalyProfile: Int] = [:]
    private var kindIndices: [SensorKind: Int] = [:]
    /// By all groups so far.
    private var drawnCities = 0
    private var distinctNotes: Set<String> = []
    private let root: RandomKey

    init(_ recipe: Recipe) {
        resolved = recipe
        root = RandomKey(seed: recipe.seed)
        sensors.reserveCapacity(recipe.sensorCount)
    }

    mutating func addGroup(_ index: Int) throws(FleetError) {
        let group = resolved.groups[index]
        let key = root.derived("group", UInt64(index))
        let cities = try resolveSite(of: index, key: key)
        let siteIndices = cities.map { site(of: $0, group) }
        let profile = profile(of: group)
        let kind = kind(of: group)
        let deployed = group.installationDate.flatMap { SimulatedTime(parsing: $0) }
            .map { Double($0.microseconds) / Double(SimulatedTime.microsecondsPerSecond) }
        let common = SensorGroup(group, cities: cities, resolutions: kinds[kind].resolutions)
        let variation = if case .randomCities(let parameters) = group.site { parameters.gpsVariation } else { 0.0 }
        let serials = SerialNumbers(manufacturer: group.manufacturer, group: index, key: key)
        let first = sensors.count
        let recording = resolved.recording
        for begin in stride(from: 0, to: group.count, by: Self.sensorsAtOnce) {
            let parts = inParallel(min(Self.sensorsAtOnce, group.count - begin), atLeast: Self.leastSensors) {
                numbers in
                numbers.map { number in
                    let member = begin + number
                    let sensorKey = key.derived("sensor", UInt64(member))
                    // In turn, not at random: a group of as many sensors as cities has one in each.
                    let city = cities[member % cities.count]
                    return Sensor(
                        id: recording?.sensors[member].id
                            ?? Self.id(of: member, in: group, city: city, key: sensorKey.derived("id")),
                        serialNumber: group.serialNumber ?? serials[member],
                        place: city.scattered(within: variation, key: sensorKey.derived("position")),
                        group: common,
                        core: SensorCore(
                            index: first + member,
                            site: siteIndices[member % cities.count],
                            kind: kind,
                            profile: profile,
                            member: member,
                            groupKey: key,
                            key: sensorKey,
                            deployed: deployed
                        )
                    )
                }
            }
            for part in parts { sensors += part }
        }
    }

    /// Made at a time: what is put together is there twice meanwhile.
    private static let sensorsAtOnce = 1 << 18
    /// The resolved recipe has them all, and must be one that can be read.
    private static let mostCities = 25_000
    /// Cities that are drawn where the recipe does not say how many.
    private static let usualCityCount = 10
    /// Fewer are not worth another thread.
    private static let leastSensors = 2_048

    /// The cities of a group, written into the resolved recipe.
    private mutating func resolveSite(of index: Int, key: RandomKey) throws(FleetError) -> [Place] {
        switch resolved.groups[index].site {
        case .anyCity:
            let city = CityChoice(.bundled).drawn(1, key: key.derived("cities"))
            resolved.groups[index].site = .place(city[0])
            return city
        case .named(let name):
            return [resolve(Place(name: name), ofGroup: index)]
        case .place(let place):
            return [resolve(place, ofGroup: index)]
        case .randomCities(var parameters):
            try checkCountries(of: parameters, group: index)
            let choice = CityChoice(parameters)
            let available = choice.candidates.count
            guard available > 0 else { throw .noCity(group: index) }
            let count = parameters.cityCount ?? min(Self.usualCityCount, available)
            drawnCities += count
            guard drawnCities <= Self.mostCities else { throw .tooManyCities(group: index, atMost: Self.mostCities) }
            guard available >= count else { throw .tooFewCities(group: index, asked: count, available: available) }
            let cities = choice.drawn(count, key: key.derived("cities")).map { $0.completedFromCities() }
            (parameters.cityCount, parameters.cities) = (count, cities)
            parameters.keepCountries(of: cities)
            for city in cities { noteTimezone(of: city) }
            resolved.groups[index].site = .randomCities(parameters)
            return cities
        }
    }

    private mutating func resolve(_ place: Place, ofGroup index: Int) -> Place {
        let completed = place.completedFromCities()
        // Nobody has said where the sensors of a recording are.
        if completed.latitude == nil, place.name != Place.unknown.name {
            let hint = Place.cityName(like: place.name).map { "; did you mean \($0)?" } ?? ""
            note(
                "location '\(place.name)' is not a bundled city and has no coordinates: "
                    + "latitude and longitude are NULL, its time zone is \(completed.timezone ?? "UTC")\(hint)"
            )
        }
        noteTimezone(of: completed)
        resolved.groups[index].site = .place(completed)
        return completed
    }

    private mutating func note(_ text: String) {
        if distinctNotes.insert(text).inserted { notes.append(text) }
    }

    private mutating func noteTimezone(of place: Place) {
        guard let zone = place.timezone, !TimeZoneNames.all.contains(zone) else { return }
        let nearest = Suggestion.nearest(to: zone, among: TimeZoneNames.all.sorted())
        let hint = nearest.map { "; did you mean \($0)?" } ?? ""
        note("the time zone \(zone.quoted) of \(place.name.quoted) is none of the IANA database\(hint)")
    }

    private mutating func checkCountries(of cities: RandomCities, group: Int) throws(FleetError) {
        let filter = CountryFilter(cities.cities ?? Place.cities)
        for (key, countries) in [
            ("include_countries", cities.includedCountries), ("exclude_countries", cities.excludedCountries),
        ] {
            for country in countries where filter.isUnknown(country) {
                let nearest = filter.suggestion(for: country)
                throw .unknownCountry(country, key: key, group: group, suggestion: nearest)
            }
        }
        for country in cities.includedCountries where !filter.hasCities(in: country) {
            note("random_location.include_countries: no city of the list is in \(country)")
        }
    }

    private mutating func site(of place: Place, _ group: FleetGroup) -> Int {
        let site = SensorSite(
            place,
            climate: group.climate ?? resolved.climate,
            normal: group.normal ?? resolved.normal
        )
        if let index = siteIndices[site] { return index }
        sites.append(site)
        siteIndices[site] = sites.count - 1
        return sites.count - 1
    }

    private mutating func kind(of group: FleetGroup) -> Int {
        let normal = group.normal ?? resolved.normal
        let standard = StandardMetric.allCases.map { metric in
            normal[metric.rawValue].resolution ?? group.part.specification(of: metric).resolution
        }
        let kind = SensorKind(
            part: group.part,
            supply: group.supply,
            metrics: group.metrics ?? MetricSet(resolved.schema.all),
            climate: group.climate ?? resolved.climate,
            normal: normal,
            standardResolutions: standard,
            resolutions: resolved.schema.metrics.map { metric in
                metric.standard.map { standard[$0.rawValue] } ?? metric.resolution ?? .hundredth
            },
            anomalies: group.anomalies,
            step: group.step,
            delivery: group.delivery
        )
        if let index = kindIndices[kind] { return index }
        kinds.append(kind)
        kindIndices[kind] = kinds.count - 1
        return kinds.count - 1
    }

    private mutating func profile(of group: FleetGroup) -> Int {
        let profile = AnomalyProfile(group)
        if let index = profileIndices[profile] { return index }
        profiles.append(profile)
        profileIndices[profile] = profiles.count - 1
        return profiles.count - 1
    }

    private static func id(of member: Int, in group: FleetGroup, city: Place, key: RandomKey) -> String {
        switch group.naming {
        case .fixed(let id): id
        case .derived: SensorNames.derived(city: city.name, key: key)
        case .numbered(let prefix, let startIndex):
            SensorNames.numbered(prefix: prefix, number: startIndex + member)
        // What the recording does not have, nobody has.
        case .recorded: ""
        }
    }
}

extension RandomCities {
    /// The whole bundled list.
    fileprivate static let bundled = RandomCities(
        cityCount: 1,
        gpsVariation: 0,
        includedCountries: [],
        excludedCountries: []
    )
}

extension Place {
    /// Where the sensors of a recording are of which nothing is said.
    static let unknown = Place(name: "unknown")

    /// A place of which only the name is known.
    fileprivate init(name: String) {
        self.init(
            name: name,
            region: nil,
            country: nil,
            latitude: nil,
            longitude: nil,
            elevation: nil,
            timezone: nil,
            population: nil
        )
    }
}
