extension Place {
    /// The bundled cities, in alphabetical order.
    public static let cities: [Place] = CityTable.text.split(separator: "\n").map { Place(tableLine: $0) }

    /// The bundled city of this name; case and accents count.
    static func city(named name: String) -> Place? {
        citiesByName[name]
    }

    /// The bundled city that somebody who wrote `name` may have meant: another case, without accents, with the country
    /// behind a comma, or mistyped.
    package static func cityName(like name: String) -> String? {
        let wanted = name.trimmed.folded
        let first = String(wanted.prefix { $0 != "," }).trimmed
        let known = foldedNames[wanted] ?? foldedNames[first]
        let found = known ?? Suggestion.nearest(to: first, among: cities.map(\.name))
        return found == name ? nil : found
    }

    /// The bundled cities whose name, region or country has a text in it, whatever its case and accents.
    ///
    /// A country is meant by its name or its two letters; two letters mean nothing else where there is such a country.
    package static func cities(like text: String) -> [Place] {
        let wanted = text.trimmed.folded
        let country = CountryNames.isCode(wanted) ? wanted.uppercased() : CountryNames.code(ofName: wanted)
        let ofCountry = cities.filter { $0.country == country && country != nil }
        guard ofCountry.isEmpty || !CountryNames.isCode(wanted) else { return ofCountry }
        return cities.filter { city in
            (city.country == country && country != nil) || city.name.folded.contains(wanted)
                || (city.region ?? "").folded.contains(wanted)
        }
    }

    private static let foldedNames = Dictionary(cities.map { ($0.name.folded, $0.name) }) { first, _ in first }

    private static let citiesByName = Dictionary(uniqueKeysWithValues: cities.map { ($0.name, $0) })

    /// A line of ``CityTable``; the table is part of the program, so a malformed line is a programming error.
    private init(tableLine line: Substring) {
        let columns = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard columns.count == 8, let latitude = Double(columns[3]), let longitude = Double(columns[4]),
            let elevation = Double(columns[5]), let population = Int(columns[7])
        else { preconditionFailure("malformed city: \(line)") }
        self.init(
            name: columns[0],
            region: columns[1],
            country: columns[2],
            latitude: FixedPoint(rounding: latitude, decimals: Self.coordinateDecimals),
            longitude: FixedPoint(rounding: longitude, decimals: Self.coordinateDecimals),
            elevation: elevation,
            timezone: columns[6],
            population: population
        )
    }

    /// Digits behind the point of latitudes and longitudes: 10⁻⁶ degrees are 0.11 m.
    static let coordinateDecimals = 6

    /// This place with what a bundled city of its name adds: a place that lies elsewhere keeps all its own.
    func completedFromCities() -> Place {
        var completed = self
        if latitude == nil, let city = Place.city(named: name) {
            completed.region = region ?? city.region
            completed.country = country ?? city.country
            completed.latitude = city.latitude
            completed.longitude = city.longitude
            completed.elevation = elevation ?? city.elevation
            completed.timezone = timezone ?? city.timezone
            completed.population = population ?? city.population
        }
        completed.timezone = completed.timezone ?? "UTC"
        return completed
    }

    /// A place at a random point of the disc of `radius` metres around this one.
    func scattered(within radius: Double, key: RandomKey) -> Place {
        guard radius > 0, let latitude, let longitude else { return self }
        // Uniform in the disc: the square root of a uniform number times the radius.
        let distance = radius * key.uniform(0).squareRoot()
        let bearing = key.uniform(1)
        // One degree of latitude, from the mean radius of the earth, 6,371,008.8 m (IUGG).
        let metresPerDegree = 111_195.08
        let north = distance * Elementary.cosine(turns: bearing) / metresPerDegree
        // Meridians meet at the poles; beyond 89° east and west are left alone there.
        let narrowing = max(Elementary.cosine(turns: latitude.double / 360), 0.0175)
        let east = distance * Elementary.sine(turns: bearing) / (metresPerDegree * narrowing)
        var place = self
        place.latitude = FixedPoint(
            rounding: min(90, max(-90, latitude.double + north)),
            decimals: Self.coordinateDecimals
        )
        let turned = longitude.double + east
        let wrapped = turned >= 180 ? turned - 360 : (turned < -180 ? turned + 360 : turned)
        place.longitude = FixedPoint(rounding: wrapped, decimals: Self.coordinateDecimals)
        return place
    }
}
