/// What one or several sources state about a place.
struct PlaceStatements: Sendable {
    var name: Stated<String>?
    var region: Stated<String>?
    var country: Stated<String>?
    var latitude: Stated<FixedPoint>?
    var longitude: Stated<FixedPoint>?
    var elevation: Stated<Double>?
    var timezone: Stated<String>?
    var population: Stated<Int>?

    init(
        name: Stated<String>? = nil,
        region: Stated<String>? = nil,
        country: Stated<String>? = nil,
        latitude: Stated<FixedPoint>? = nil,
        longitude: Stated<FixedPoint>? = nil,
        elevation: Stated<Double>? = nil,
        timezone: Stated<String>? = nil,
        population: Stated<Int>? = nil
    ) {
        self.name = name
        self.region = region
        self.country = country
        self.latitude = latitude
        self.longitude = longitude
        self.elevation = elevation
        self.timezone = timezone
        self.population = population
    }

    /// One of several sources, the first being the one that counts among equals.
    ///
    /// A source that names the place takes with it what weaker ones say about theirs: the coordinates of New York do
    /// not belong to a Denver that the environment names.
    init(merging sources: [PlaceStatements]) {
        guard let winner = Self.strongestIndex(of: sources.map(\.name?.strength)) else {
            self = sources.reversed().reduce(PlaceStatements()) { $1.completed(by: $0) { _ in true } }
            return
        }
        let strength = sources[winner].name?.strength ?? 0
        self = sources[winner]
        for (index, source) in sources.enumerated() where index != winner {
            self = source.completed(by: self) { $0 > strength || ($0 == strength && index < winner) }
        }
    }

    /// This source's statements whose strength is admitted, and `other`'s for the rest.
    private func completed(by other: PlaceStatements, admitting isAdmitted: (Int) -> Bool) -> PlaceStatements {
        func choose<Value>(_ property: KeyPath<PlaceStatements, Stated<Value>?>) -> Stated<Value>? {
            guard let own = self[keyPath: property], isAdmitted(own.strength) else { return other[keyPath: property] }
            return .strongest(own, other[keyPath: property])
        }
        return PlaceStatements(
            name: choose(\.name),
            region: choose(\.region),
            country: choose(\.country),
            latitude: choose(\.latitude),
            longitude: choose(\.longitude),
            elevation: choose(\.elevation),
            timezone: choose(\.timezone),
            population: choose(\.population)
        )
    }

    private static func strongestIndex(of strengths: [Int?]) -> Int? {
        guard let best = strengths.compactMap({ $0 }).max() else { return nil }
        return strengths.firstIndex(of: best)
    }

    /// Where something besides the name is stated: key and origin.
    var firstDetail: (keyPath: String, origin: RecipeOrigin?)? {
        latitude.map { ($0.keyPath, $0.origin) } ?? longitude.map { ($0.keyPath, $0.origin) }
            ?? timezone.map { ($0.keyPath, $0.origin) } ?? region.map { ($0.keyPath, $0.origin) }
            ?? country.map { ($0.keyPath, $0.origin) } ?? elevation.map { ($0.keyPath, $0.origin) }
            ?? population.map { ($0.keyPath, $0.origin) }
    }
}
