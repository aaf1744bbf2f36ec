extension RecipeResolver {
    /// The site that sources state together; nil if they state none.
    mutating func site(statedBy statements: PlaceStatements) -> SiteParameters? {
        guard let name = statements.name else {
            if let detail = statements.firstDetail, decoder.isSound(detail.keyPath) {
                decoder.report("says nothing without the name of a location", at: detail.origin, path: detail.keyPath)
            }
            return nil
        }
        checkCoordinates(of: statements)
        let place = Place(
            name: name.value,
            region: statements.region?.value,
            country: statements.country?.value,
            latitude: statements.latitude?.value,
            longitude: statements.longitude?.value,
            elevation: statements.elevation?.value,
            timezone: statements.timezone?.value,
            population: statements.population?.value
        )
        return statements.firstDetail == nil ? .named(name.value) : .place(place)
    }

    private mutating func checkCoordinates(of statements: PlaceStatements) {
        if let latitude = statements.latitude, statements.longitude == nil {
            reportLone(latitude, missing: "longitude")
        }
        if let longitude = statements.longitude, statements.latitude == nil {
            reportLone(longitude, missing: "latitude")
        }
    }

    private mutating func reportLone(_ coordinate: Stated<FixedPoint>, missing other: String) {
        // A coordinate that is there but wrong is reported already.
        let parent = coordinate.keyPath.split(separator: ".").dropLast().joined(separator: ".")
        guard decoder.isSound(parent.appendingKey(other)) else { return }
        decoder.report("needs a \(other) too", about: coordinate)
    }

    /// The choice of cities that a section states; nil if it is turned off.
    mutating func randomCities(_ statement: Stated<RandomLocationSection>) -> RandomCities? {
        let stated = statement.value
        guard stated.isEnabled?.value ?? true else { return nil }
        let filter = stated.filter?.value ?? .all
        let byPopulation = filter == .all || filter == .population
        let byCountry = filter == .all || filter == .country
        if let low = stated.minimumPopulation, let high = stated.maximumPopulation, low.value > high.value {
            decoder.report("\(low.value) is more than max_population, \(high.value)", about: low)
        }
        let cities = stated.cities?.value.compactMap { city in place(ofCity: city) }
        let count = stated.numberOfCities ?? stated.cityCount
        return RandomCities(
            cityCount: count?.value,
            gpsVariation: stated.gpsVariation?.value ?? 100,
            minimumPopulation: byPopulation ? stated.minimumPopulation?.value : nil,
            maximumPopulation: byPopulation ? stated.maximumPopulation?.value : nil,
            includedCountries: byCountry ? stated.includedCountries?.value ?? [] : [],
            excludedCountries: byCountry ? stated.excludedCountries?.value ?? [] : [],
            cities: cities
        )
    }

    private mutating func place(ofCity city: Stated<LocationSection>) -> Place? {
        let statements = SensorSection(location: city).place
        guard let name = statements.name else {
            decoder.report("a city needs a name", about: city)
            return nil
        }
        checkCoordinates(of: statements)
        return Place(
            name: name.value,
            region: statements.region?.value,
            country: statements.country?.value,
            latitude: statements.latitude?.value,
            longitude: statements.longitude?.value,
            elevation: statements.elevation?.value,
            timezone: statements.timezone?.value,
            population: statements.population?.value
        )
    }
}
